/// Frames as `put` and `take` write them.
enum Hex {
    static func text(_ string: some StringProtocol) -> String {
        bytes(Array(string.utf8))
    }

    static func bytes(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }

    /// Frames, with commas between.
    static func frames(_ frames: String...) -> String {
        frames.map { text($0) }.joined(separator: ",")
    }
}
