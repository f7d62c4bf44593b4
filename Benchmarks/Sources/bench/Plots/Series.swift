/// The line of one side.
struct Series {
    struct Point {
        let x: Double
        let figures: Figures
    }

    let side: Side
    let points: [Point]

    /// Nil where there is nothing to draw: a logarithm needs more than zero.
    init?(_ side: Side, _ points: [Point]) {
        let drawn = points.filter { $0.figures.median > 0 && $0.figures.q1 > 0 }
        guard !drawn.isEmpty else { return nil }
        self.side = side
        self.points = drawn
    }
}
