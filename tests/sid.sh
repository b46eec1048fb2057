#!/usr/bin/env bash
# sid.sh FOLDER: the suite on the Python of Debian sid (3.14 and later), in a chroot made in the folder and kept there.
# Needs root, debootstrap and Debian's packages. What is committed is tested.
set -euo pipefail
root=${1:?name a folder for the chroot, of 2 GB}
checkout=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
packages=python3,python3-venv,python3-dev,gcc,g++,make,git,ca-certificates,poppler-utils
[ -x "$root/usr/bin/python3" ] || debootstrap --variant=minbase "--include=$packages" sid "$root"
for file in /etc/resolv.conf /etc/hosts /etc/pip.conf /etc/ssl/certs/ca-certificates.crt; do
    [ ! -e "$file" ] || cp --dereference "$file" "$root$file"
done
rm -rf "$root/khabarjoo" && git clone --quiet --no-hardlinks "$checkout" "$root/khabarjoo"
mounted=()
trap 'for at in "${mounted[@]}"; do umount "$at"; done' EXIT
for at in proc dev dev/pts; do
    mount --bind "/$at" "$root/$at"
    mounted=("$root/$at" "${mounted[@]}")
done
env -u PIP_FIND_LINKS LC_ALL=C.UTF-8 chroot "$root" make -C /khabarjoo test
