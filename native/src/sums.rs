//! Sums of fractions as numpy has them, to the last bit.

use std::ops::{Add, AddAssign};

const AT_ONCE: usize = 128; // numbers; more are summed by halves

/// Returns the sum of some numbers: eight sums side by side, then those in pairs, then what is left.
pub fn sum<T: Copy + Default + Add<Output = T> + AddAssign>(numbers: &[T]) -> T {
    if numbers.len() < 8 {
        return numbers.iter().fold(T::default(), |sum, &n| sum + n);
    }
    if numbers.len() > AT_ONCE {
        let (left, right) = numbers.split_at(numbers.len() / 2 / 8 * 8);
        return sum(left) + sum(right);
    }
    let mut sums = [T::default(); 8];
    sums.copy_from_slice(&numbers[..8]);
    let mut eights = numbers[8..].chunks_exact(8);
    for eight in &mut eights {
        sums.iter_mut().zip(eight).for_each(|(sum, &n)| *sum += n);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    eights.remainder().iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, &n| sum + n)
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn nothing_is_left_out() {
        for count in 0..=1000 {
            let numbers: Vec<f64> = (1..=count).map(f64::from).collect();
            assert_eq!(sum(&numbers), f64::from(count * (count + 1) / 2));
        }
    }
}
