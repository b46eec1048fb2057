//! What Python asks of a column's values as a whole, which `index/column_values.py` asks numpy where there is no kernel.

use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyIndexError;
use pyo3::prelude::*;

use crate::column::Numbers;
use crate::python::slice;

/// Whole numbers, in the width they are kept in.
#[derive(FromPyObject)]
pub enum Values {
    U8(PyBuffer<u8>),
    U16(PyBuffer<u16>),
    U32(PyBuffer<u32>),
    U64(PyBuffer<u64>),
    I64(PyBuffer<i64>),
}

impl Values {
    pub fn numbers(&self) -> PyResult<Numbers<'_>> {
        Ok(match self {
            Values::U8(values) => Numbers::U8(slice(values)?),
            Values::U16(values) => Numbers::U16(slice(values)?),
            Values::U32(values) => Numbers::U32(slice(values)?),
            Values::U64(values) => Numbers::U64(slice(values)?),
            Values::I64(values) => Numbers::I64(slice(values)?),
        })
    }
}

/// Returns whether no value is below the one before it, or, ``strictly``, whether each is above it.
#[pyfunction]
pub fn ascend(values: Values, strictly: bool) -> PyResult<bool> {
    Ok(values.numbers()?.ascend(strictly))
}

/// Returns the largest of the values, none of which is negative; 0 where there is none.
#[pyfunction]
pub fn largest(values: Values) -> PyResult<u64> {
    Ok(values.numbers()?.largest().unwrap_or(0))
}

/// Returns how many values are neither within two others nor a third.
#[pyfunction]
pub fn count_outside(values: PyBuffer<i64>, first: i64, last: i64, besides: i64) -> PyResult<usize> {
    let is_outside = |&&value: &&i64| !(first..=last).contains(&value) && value != besides;
    Ok(slice(&values)?.iter().filter(is_outside).count())
}

/// Returns the CRC-32 of some bytes that come after others.
#[pyfunction]
pub fn crc32(py: Python<'_>, data: PyBuffer<u8>, before: u32) -> PyResult<u32> {
    let (data, mut sum) = (slice(&data)?, crc32fast::Hasher::new_with_initial(before));
    py.detach(|| sum.update(data));
    Ok(sum.finalize())
}

/// Of articles, returns how many have a 1 in a mask. Raises IndexError where one is beyond it.
#[pyfunction]
pub fn count_in(docs: Values, mask: PyBuffer<u8>) -> PyResult<usize> {
    docs.numbers()?.count_in(slice(&mask)?).ok_or_else(|| PyIndexError::new_err("an article that is none"))
}
