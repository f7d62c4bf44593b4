import Testing

@testable import ZeroMQ

@Suite struct FrameLayoutTests {
    @Test func ownerAndLengthLieWhereTheyAreStoredTogether() {
        #expect(MemoryLayout<Frame>.offset(of: \.owner) == Frame.ownerOffset)
        #expect(MemoryLayout<Frame>.offset(of: \.length) == Frame.ownerOffset + 8)
        #expect(MemoryLayout<Frame>.size == Frame.ownerOffset + 16)
    }

    @Test(arguments: [0, 1, 63, 64]) func inlineBytesTakeTheOwnersPlace(count: Int) {
        var frame = Frame([UInt8](repeating: 1, count: 100))
        let bytes = [UInt8](repeating: 7, count: 64)
        frame.assign(
            inline: bytes.withUnsafeBytes { InlineBytes(copying: $0) }, count: count)
        #expect(frame.array == [UInt8](repeating: 7, count: count))
        #expect(frame.shared == nil)
    }
}
