import Testing

@testable import ZeroMQ

@Suite struct IOVectorTests {
    @Test(arguments: [
        (1, [1]), (9, [9]), (10, [10]), (11, [10, 1]), (30, [10, 20]), (35, [10, 20, 5]),
        (36, [10, 20, 6]), (1000, [10, 20, 6]),
    ])
    func cutsDown(limit: Int, left: [Int]) {
        withUnsafeTemporaryAllocation(of: IOVector.self, capacity: 4) { space in
            let base = UnsafeRawPointer(space.baseAddress.unsafelyUnwrapped)
            for (index, count) in [10, 20, 6].enumerated() {
                space.initializeElement(at: index, to: IOVector(base: base, count: count))
            }
            var pieces = space[..<3]
            #expect(IOVector.cut(&pieces, to: limit) == left.reduce(0, +))
            #expect(pieces.map(\.count) == left)
        }
    }
}
