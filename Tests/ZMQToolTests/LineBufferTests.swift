import Testing

@testable import zmq

struct LineBufferTests {
    /// All lines of `pieces`, given one after the other.
    private func lines(_ pieces: [[UInt8]], limit: Int = 100) throws -> [[UInt8]] {
        var buffer = LineBuffer(limit: limit)
        var lines: [[UInt8]] = []
        for piece in pieces {
            piece.withUnsafeBytes { buffer.append($0) }
            while let line = try buffer.nextLine() { lines.append(Array(line)) }
        }
        if let last = buffer.lastLine() { lines.append(Array(last)) }
        return lines
    }

    @Test func everySplitGivesTheSameLines() throws {
        let text = bytes("one\n\nthree\r\nlast")
        let expected = [bytes("one"), [], bytes("three\r"), bytes("last")]
        for first in 0...text.count {
            for second in first...text.count {
                let pieces = [text[..<first], text[first..<second], text[second...]].map(Array.init)
                #expect(try lines(pieces) == expected)
            }
        }
    }

    @Test func aFinalLineFeedEndsTheLastLine() throws {
        #expect(try lines([bytes("a\n")]) == [bytes("a")])
        #expect(try lines([]) == [])
        #expect(try lines([bytes("\n")]) == [[]])
    }

    @Test func theLimitIsTheLongestLine() throws {
        #expect(try lines([bytes("12345\n1")], limit: 5) == [bytes("12345"), bytes("1")])
        #expect(throws: ToolError.self) { try lines([bytes("123456\n")], limit: 5) }
        #expect(throws: ToolError.self) { try lines([bytes("123"), bytes("456")], limit: 5) }
    }
}
