import Testing

@testable import ZeroMQ

struct FrameHeaderTests {
    private func write(_ flags: FrameFlags, _ length: Int) -> [UInt8] {
        let bytes = [UInt8](unsafeUninitializedCapacity: FrameHeader.longSize) { buffer, count in
            guard let base = buffer.baseAddress else { return }
            count = FrameHeader.write(flags: flags, length: length, to: base)
        }
        return bytes
    }

    @Test(arguments: [0, 1, 127, 128, 254, 255])
    func F3_shortFormUpTo255(length: Int) {
        #expect(write(.more, length) == [1, UInt8(length)])
        #expect(FrameHeader.encodedSize(length: length) == 2)
    }

    @Test(arguments: [256, 257, 65_535, 65_536, 1 << 32, Int.max])
    func F3_longFormFrom256(length: Int) {
        let expected = WireBytes.longHeader(4, UInt64(length))
        #expect(write(.command, length) == expected)
        #expect(FrameHeader.encodedSize(length: length) == 9)
    }

    @Test(arguments: [0, 1, 255, 256, 70_000, Int.max])
    func appendingIsTheSameAsWriting(length: Int) {
        var bytes: [UInt8] = [9]
        FrameHeader.append(flags: .more, length: length, to: &bytes)
        #expect(bytes == [9] + write(.more, length))
    }

    @Test func F2_sizesAreOneByteOrEightBigEndian() {
        let short = withBytes([1, 200]) { FrameHeader.decode($0) }
        #expect(short == FrameHeader(flags: .more, length: 200))
        #expect(short?.headerSize == 2)
        let long = withBytes([2, 1, 2, 3, 4, 5, 6, 7, 8]) { FrameHeader.decode($0) }
        #expect(long == FrameHeader(flags: .long, length: 0x0102_0304_0506_0708))
        #expect(long?.headerSize == 9)
        let most = withBytes(WireBytes.longHeader(0, .max)) { FrameHeader.decode($0) }
        #expect(most?.length == .max)
    }

    @Test func everyPrefixOfAHeaderIsNone() {
        let long = WireBytes.longHeader(0, 1)
        for count in 0..<9 {
            let header = withBytes(Array(long[..<count])) { FrameHeader.decode($0) }
            #expect(header == nil)
        }
        #expect(withBytes([0]) { FrameHeader.decode($0) } == nil)
        #expect(FrameHeader.decode(UnsafeRawBufferPointer(start: nil, count: 0)) == nil)
    }
}
