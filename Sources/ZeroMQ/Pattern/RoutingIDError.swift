/// Why bytes cannot be a routing id.
public struct RoutingIDError: Error, Hashable, Sendable {
    /// What is wrong.
    public enum Reason: Hashable, Sendable {
        /// There are no bytes.
        case empty
        /// There are more than 255 bytes; the value is how many.
        case tooLong(Int)
        /// The first byte is zero, which is reserved for ids that a socket generates.
        case reservedFirstByte
    }

    /// What is wrong.
    public let reason: Reason
}

extension RoutingIDError: CustomStringConvertible {
    public var description: String {
        switch reason {
        case .empty:
            "a routing id needs at least one byte"
        case .tooLong(let count):
            "a routing id has at most 255 bytes, this one has \(count)"
        case .reservedFirstByte:
            "a routing id must not begin with a zero byte (reserved for generated ids)"
        }
    }
}
