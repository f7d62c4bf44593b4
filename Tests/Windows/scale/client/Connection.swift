/// One connection of the load, with at most one message under way.
struct Connection {
    static let messageSize = 64

    let descriptor: Int32
    let number: Int
    /// Messages begun.
    var sequence: UInt64 = 0
    /// When the message under way was to be sent; nil when there is none.
    var started: Int64?
    /// Bytes of its echo that have come.
    var received = 0
    /// Messages that were to be sent while another was under way.
    var waiting: [Int64] = []
    var isOpen = true

    /// The bytes of the message under way: they follow from its number, so all differ.
    func fill(_ message: UnsafeMutablePointer<UInt64>) {
        let words = Self.messageSize / 8
        message[0] = UInt64(number)
        message[1] = sequence
        for index in 2..<words {
            message[index] =
                (message[index - 1] ^ message[index - 2] << 17) &* 0x9E37_79B9_7F4A_7C15
        }
    }
}
