/// One side of a comparison, in the ways it can be used.
struct Contender: Sendable {
    /// A way to use it: runs the round on fresh sockets.
    struct Way: Sendable {
        let name: String
        let run: @Sendable (Round) throws -> Measurement
    }

    let side: Side
    /// Calibration tries all of them and keeps the fastest.
    let ways: [Way]

    init(_ side: Side, ways: [Way]) {
        self.side = side
        self.ways = ways
    }

    init(_ side: Side, run: @escaping @Sendable (Round) throws -> Measurement) {
        self.init(side, ways: [Way(name: side.title, run: run)])
    }
}
