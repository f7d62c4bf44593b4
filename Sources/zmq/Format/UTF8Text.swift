/// Finds out which bytes are text.
enum UTF8Text {
    /// The length of the character that begins at `start`; 0 when it is not well-formed UTF-8.
    ///
    /// The ranges are those of Unicode's table of well-formed byte sequences: no overlong
    /// forms, no surrogates, nothing above U+10FFFF.
    static func characterLength(in bytes: UnsafeRawBufferPointer, at start: Int) -> Int {
        let first = bytes[start]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch first {
        case 0x00...0x7f: return 1
        case 0xc2...0xdf: length = 2
        case 0xe0: (length, second) = (3, 0xa0...0xbf)
        case 0xed: (length, second) = (3, 0x80...0x9f)
        case 0xe1...0xef: length = 3
        case 0xf0: (length, second) = (4, 0x90...0xbf)
        case 0xf4: (length, second) = (4, 0x80...0x8f)
        case 0xf1...0xf3: length = 4
        default: return 0
        }
        guard bytes.count - start >= length, second.contains(bytes[start + 1]) else { return 0 }
        for offset in 2..<max(length, 2) where !(0x80...0xbf).contains(bytes[start + offset]) {
            return 0
        }
        return length
    }

    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var index = 0
        while index < bytes.count {
            let length = characterLength(in: bytes, at: index)
            if length == 0 { return false }
            index += length
        }
        return true
    }
}
