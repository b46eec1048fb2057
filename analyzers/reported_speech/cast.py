"""Who speaks in an article: comes from a وی, a role or a short name to the person whose name is printed elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from .noun_phrases import Mention
from .statement import Place, Resolution, name_key
from .word_kinds import key

_OF_WHAT = frozenset(
    key(word)
    for word in "رئیس مدیر معاون دبیر عضو مسئول سرپرست نماینده فرمانده جانشین قائم‌مقام نایب‌رئیس دستیار مدیرکل رئیس‌کل "
    "دبیرکل ریاست معاونت سرپرستی متولی کمیسیون سازمان وزارت شورای هیات هیئت اداره اداره‌کل کمیته تدوین گروه مرکز دفتر "
    "انجمن موسسه شرکت دانشکده بخش امور روابط ستاد بهره‌برداری دانشجوی دیگری اجرایی برنامه‌ریزی".split()
)  # after which it has to be told of what
_LIKE = 0.8  # share of the words of the shorter of two roles that both have, for them to be one
_LOOSE_ROLES = frozenset("و در این کل ی".split())
_GENERAL = frozenset(
    key(word)
    for word in "سازمان پلیس وزارت وزارتخانه شرکت باشگاه دانشگاه موسسه انجمن کمیسیون فدراسیون کمیته حزب گروه جنبش "
    "اتحادیه دادگاه صندوق کانون بنیاد پژوهشگاه هیئت بیمارستان سفارت شورا کنفدراسیون روابط‌عمومی اورژانس ارتش".split()
)  # which by itself names none of them, but the one named before
_GENERAL_MEDIA = frozenset(
    key(word)
    for word in "روزنامه خبرگزاری شبکه نشریه مجله سایت پایگاه وب‌سایت هفته‌نامه ماهنامه رسانه تلویزیون رادیو بیانیه "
    "اطلاعیه".split()
)  # behind which a name may stand that is not told from marks
_STANDS_IN = 0.85  # certainty of a pronoun
_POLITE = frozenset(("ایشان", "ايشان"))  # which may be several, or anybody just spoken of
_AROUND_NAMES = " ˈ'’`´*_.·"
_NEAR = 800  # letters from the last statement within which a pronoun is believed
_FAR = 0.88  # of that belief, beyond them
_OTHER = 0.85  # of it, where a role may be meant that was not told of whoever spoke last
_NAMES = 0.66  # certainty of a subject from which it tells the name of who spoke before it


@dataclass(slots=True)
class Person:
    """One who speaks in an article, or an institution, or several; what is known of them so far."""

    name: str
    forms: tuple[str, ...]
    role: str
    role_forms: tuple[str, ...]
    is_person: bool
    is_full: bool
    named: Place | None
    said: int = 0
    certainty: float = 1.0
    is_anybody: bool = False  # told by what many are


class Cast:
    """The speakers of one article, as far as it was read."""

    def __init__(self, full_name: Callable[[tuple[str, ...], str], tuple[str, Place] | None]) -> None:
        self._full_name = full_name
        self._all: list[Person] = []
        self.last: Person | None = None
        self.last_said: Place | None = None
        self._is_guessed = (
            False  # whether the last statement was ascribed to whoever spoke before it for want of a subject
        )

    @property
    def named(self) -> list[Person]:
        """The persons known by a full name."""
        return [person for person in self._all if person.is_person and person.is_full]

    def knows(self, forms: tuple[str, ...]) -> bool:
        """Returns whether somebody has this name, or a longer one that ends with it."""
        person = self._known(forms, is_full=False)
        return person is not None and person.is_full

    def resolve(
        self, mention: Mention | None, certainty: float, text: str, place: Place
    ) -> tuple[Person | None, float, Resolution]:
        """Returns who is meant, how certainly, and by what. ``text`` has the mention, which stands at ``place``."""
        if mention is None:
            return self.last, certainty * (self.last.certainty if self.last else 0), "carried"
        kind, printed = mention.kind, text[mention.start : mention.end]
        if kind in ("pronoun", "pointing"):
            last = self.last_said
            is_near = last is None or last.field != place.field or place.start - last.end < _NEAR
            is_plain = printed not in _POLITE
            return self._stood_in(mention, printed, certainty * (1.0 if is_near and is_plain else _FAR))
        if kind in ("many", "body", "anyone"):
            return self._nameless(mention, printed, place), certainty * (1 if mention.is_clean else 0.7), "printed"
        if kind == "unknown":
            return self._short(mention, certainty, text, place)
        if kind == "name" and mention.name:
            return self._called(mention, certainty, text, place)
        return self._of_role(mention, certainty, text, place)

    def _stood_in(self, mention: Mention, printed: str, certainty: float) -> tuple[Person | None, float, Resolution]:
        if mention.kind == "pointing":
            wanted, last = set(mention.role_forms), self.last
            for person in reversed(self._all):
                is_told = person.is_person or bool(person.name) or person is self.last
                if is_told and wanted & set(person.role_forms[:2]):
                    self.last = person
                    if last is not None and last is not person and last.is_person and not last.role:
                        certainty *= _OTHER
                    return person, certainty * _STANDS_IN / 0.95 * person.certainty, "pointing"
        last = self.last
        if last is None and mention.kind == "pointing":
            self.last = Person("", (), printed, mention.role_forms, True, False, None, is_anybody=True)
            self._all.append(self.last)
            return self.last, certainty * 0.9, "pointing"
        if last is None:
            return None, 0.0, "pronoun"
        doubt = 1.0 if last.is_person else 0.5
        if mention.kind == "pointing":
            doubt *= 0.9
        resolution: Resolution = "pronoun" if mention.kind == "pronoun" else "pointing"
        return last, certainty * _STANDS_IN / 0.95 * doubt * last.certainty, resolution

    def _nameless(self, mention: Mention, printed: str, place: Place) -> Person:
        forms = mention.role_forms
        for person in self._all:
            if person.role_forms == forms and not person.is_person:
                self.last = person if mention.kind != "many" else self.last
                return person
        is_body = mention.kind == "body"
        if is_body and forms[1:] == () and forms[0] in _GENERAL | _GENERAL_MEDIA:
            bodies = (one for one in reversed(self._all) if one.is_full and not one.is_person)
            whole = next((one for one in bodies if one.forms[:1] == forms), None)
            if whole is not None and forms[0] in _GENERAL:
                self.last = whole
                return whole
            is_body = False
        name = " ".join(printed.split()) if is_body else ""
        found = Person(
            name,
            forms if is_body else (),
            "" if is_body else printed,
            forms,
            False,
            is_body,
            place if is_body else None,
        )
        self._all.append(found)
        if mention.kind != "many":
            self.last = found
        return found

    def _short(
        self, mention: Mention, certainty: float, text: str, place: Place
    ) -> tuple[Person | None, float, Resolution]:
        """A word or two that are a name if they end one that the article has."""
        person = self._known(mention.name_forms, is_full=False)
        if person is not None:
            self.last = person
            return person, min(certainty, 0.9) * person.certainty, "short"
        if self._full_name(mention.name_forms, text[mention.start : mention.end]):
            found, certainty, resolution = self._called(mention, min(certainty, 0.85), text, place)
            return found, certainty, resolution
        person = Person(
            "", (), text[mention.start : mention.end], mention.name_forms, False, False, None, certainty=0.5
        )
        self._all.append(person)
        self.last = person
        return person, certainty * 0.5, "printed"

    def _called(self, mention: Mention, certainty: float, text: str, place: Place) -> tuple[Person, float, Resolution]:
        assert mention.name
        name = " ".join(text[mention.name[0] : mention.name[1]].split()).strip(_AROUND_NAMES)
        printed_name = name
        named = Place(place.field, *mention.name)
        forms = mention.name_forms
        resolution: Resolution = "printed"
        is_full = mention.is_full and " " in name  # one word may be several terms
        role = _outside_marks(" ".join(text[mention.role[0] : mention.role[1]].split())) if mention.role else ""
        person = self._known(forms, is_full=is_full)
        is_doubtful = not is_full or mention.is_likely
        if person is None and is_doubtful and (found := self._full_name(forms, name)):
            name, named = found
            forms, is_full, resolution = tuple(name_key(word) for word in name.split()), True, "short"
            person = self._known(forms, is_full=True)
        is_full = is_full or mention.is_likely and " " in name
        if person is None and not mention.role:
            person = self._unnamed(certainty)
            if person is not None:
                certainty = min(certainty, 0.8)
        if person is None and mention.role:
            person = next(
                (
                    one
                    for one in self._all
                    if one.is_person and not one.name and _alike(one.role_forms, mention.role_forms)
                ),
                None,
            )
        if person is None:
            person = Person(name, forms, role, mention.role_forms, True, is_full, named)
            self._all.append(person)
        elif is_full and not person.is_full or not person.name:
            person.name, person.forms, person.is_full, person.named = name, forms, is_full, named
        known = person.role_forms
        is_told_of = mention.role_forms[: len(known)] == known and not is_of_something(known)
        if role and (not person.role or is_told_of):
            person.role, person.role_forms = role, mention.role_forms
        if not (is_full and name == printed_name) and person.is_full:
            resolution = "short"
        if not mention.is_clean:
            certainty *= 0.8
        person.certainty = max(person.certainty if person.said else 0.0, min(1.0, certainty / 0.9))
        self.last = person
        return person, certainty, resolution

    def _known(self, forms: tuple[str, ...], *, is_full: bool) -> Person | None:
        """The person whose name is this one, or ends with it, or is the end of it."""
        joined = "".join(forms)
        for person in reversed(self._all):
            if not person.is_person or not person.name:
                continue
            other = "".join(person.forms)
            if (
                joined == other
                or len(joined) > 2
                and len(other) > 2
                and (_is_tail(person.forms, forms) or _is_tail(forms, person.forms))
            ):
                return person
        return None

    def _unnamed(self, certainty: float) -> Person | None:
        """The one speaker so far, told by his role alone, whose name now follows."""
        if (
            certainty >= _NAMES
            and self.last is not None
            and self.last.is_person
            and not self.last.is_anybody
            and not self.last.name
            and self.last.said <= 4
            and not self.named
        ):
            return self.last
        return None

    def _of_role(self, mention: Mention, certainty: float, text: str, place: Place) -> tuple[Person, float, Resolution]:
        role = _outside_marks(" ".join(text[mention.start : mention.end].split())) if mention.role else ""
        forms = mention.role_forms
        alike = [person for person in self._all if person.is_person and _alike(person.role_forms, forms)]
        if alike:
            self.last = alike[-1]
            known = self.last.role_forms
            if known and len(known) < len(forms) and forms[: len(known)] == known and not is_of_something(known):
                self.last.role, self.last.role_forms = role, forms
            doubt = 0.95 if len({person.name for person in alike}) == 1 else 0.6
            return self.last, certainty * doubt * self.last.certainty, "role"
        found = self._full_name((), role) if len(forms) > 1 and not mention.is_anybody else None
        if found:
            name, named = found
            name_forms = tuple(name_key(word) for word in name.split())
            person = self._known(name_forms, is_full=True)
            if person is None:
                person = Person(name, name_forms, role, forms, True, True, named, certainty=0.95)
                self._all.append(person)
            elif not person.role:
                person.role, person.role_forms = role, forms
            self.last = person
            return person, min(certainty, 0.85), "role"
        person = Person("", (), role, forms, True, False, None, is_anybody=mention.is_anybody)
        self._all.append(person)
        self.last = person
        return person, certainty, "printed"


def is_of_something(forms: tuple[str, ...]) -> bool:
    """Returns whether a role tells of what it is one, where it has to (رئیس، عضو کمیسیون، مسئول تدوین do not)."""
    return bool(forms) and forms[-1] not in _OF_WHAT


def _outside_marks(role: str) -> str:
    """A role as far as a quotation or a bracket that is not closed in it (کارگردان فیلم «جایی)."""
    for opened, closed in ("«»", "()"):
        if role.count(opened) > role.count(closed):
            role = role[: role.rindex(opened)].rstrip()
    return role


def _is_tail(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    return 0 < len(part) < len(whole) and whole[-len(part) :] == part


def _alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two roles are one, written out more or less."""
    first = [word for word in one if word not in _LOOSE_ROLES]
    second = [word for word in other if word not in _LOOSE_ROLES]
    if not first or not second or first[0] != second[0]:
        return False
    shared = len(set(first) & set(second))
    return shared / min(len(set(first)), len(set(second))) >= _LIKE


def role_pattern(role: str) -> re.Pattern[str]:
    """Returns what finds a role in a text, whatever spaces are in it."""
    return re.compile(r"\s+".join(map(re.escape, role.split())))
