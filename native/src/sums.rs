//! Sums of fractions as numpy has them, to the last bit.

/// Returns the sum of up to 128 numbers: eight sums side by side, then those in pairs, then what is left.
pub fn sum(numbers: &[f64]) -> f64 {
    if numbers.len() < 8 {
        return numbers.iter().fold(0.0, |sum, n| sum + n);
    }
    let mut sums: [f64; 8] = numbers[..8].try_into().expect("eight of them");
    let mut eights = numbers[8..].chunks_exact(8);
    for eight in &mut eights {
        sums.iter_mut().zip(eight).for_each(|(sum, n)| *sum += n);
    }
    let [a, b, c, d, e, f, g, h] = sums;
    eights.remainder().iter().fold(((a + b) + (c + d)) + ((e + f) + (g + h)), |sum, n| sum + n)
}

#[cfg(test)]
mod tests {
    use super::sum;

    #[test]
    fn nothing_is_left_out() {
        for count in 0..=128 {
            let numbers: Vec<f64> = (1..=count).map(f64::from).collect();
            assert_eq!(sum(&numbers), f64::from(count * (count + 1) / 2));
        }
    }
}
