/// One side of a comparison, in the ways it can be used.
struct Contender: Sendable {
    /// A way to use it: runs the round on fresh sockets.
    struct Way: Sendable {
        let name: String
        let run: @Sendable (Round) throws -> Measurement
    }

    let side: Side
    /// Whether it is measured only when its side is named.
    private(set) var isOnRequest: Bool
    /// Calibration tries all of them and keeps the fastest.
    let ways: [Way]

    init(_ side: Side, ways: [Way]) {
        self.side = side
        isOnRequest = side.isOnRequest
        self.ways = ways
    }

    init(_ side: Side, run: @escaping @Sendable (Round) throws -> Measurement) {
        self.init(side, ways: [Way(name: side.title, run: run)])
    }

    /// The same, measured only when its side is named.
    var onRequest: Contender {
        var contender = self
        contender.isOnRequest = true
        return contender
    }
}
