//! The parameters of both stages, under the names they have in `searcher/local/ranking.py` and `index/bm25f.py`.

/// The parameters of the second stage.
#[derive(Debug, Clone)]
#[cfg_attr(feature = "python", derive(pyo3::FromPyObject))]
pub struct Ranking {
    pub window: usize,
    pub window_of_names: usize,
    pub closeness: f64,
    pub closeness_half: f64,
    pub near: usize,
    pub out_of_order: f64,
    pub exact: f64,
    pub name: f64,
    pub kindred: f64,
    pub feedback: f64,
    pub feedback_articles: usize,
    pub feedback_keywords: usize,
    pub feedback_words: usize,
}

/// What of BM25F the second stage needs.
#[derive(Debug, Clone, Copy)]
pub struct Weighting {
    pub k1: f64,
    pub b: f64,
    pub usual: f64,
}
