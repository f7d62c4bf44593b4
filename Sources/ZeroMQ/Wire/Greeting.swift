/// The 64 bytes with which both sides begin (RFC 23, 37).
///
/// `FF`, eight bytes of padding, `7F`, major and minor version, twenty bytes of mechanism name, the
/// as-server byte and 31 bytes of filler. Padding and filler are never looked at.
struct Greeting: Hashable, Sendable {
    var major: UInt8
    var minor: UInt8
    var mechanism: MechanismName
    /// Only good for diagnostics: libzmq sends 0 as a server too.
    var asServer: UInt8

    /// What this library speaks.
    static let ourMajor: UInt8 = 3
    static let ourMinor: UInt8 = 1

    /// Why a greeting is refused before its mechanism is looked at.
    enum Refusal: Error, Hashable, Sendable {
        case notZMTP
        case unsupportedVersion(major: UInt8)
    }

    /// Our greeting.
    ///
    /// The padding holds what a ZMTP 1.0 peer takes for the length of our identity frame, as
    /// libzmq's does, so that such a peer fails cleanly.
    static func encode(mechanism: MechanismConfiguration, routingIDSize: Int) -> [UInt8] {
        var bytes: [UInt8] = [0xFF]
        bytes.reserveCapacity(WireLimits.greetingSize)
        let size = UInt64(clamping: routingIDSize) &+ 1
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: size &>> shift))
        }
        bytes.append(0x7F)
        bytes.append(ourMajor)
        bytes.append(ourMinor)
        bytes.append(contentsOf: mechanism.name.bytes)
        bytes.append(mechanism.isServer ? 1 : 0)
        bytes.append(contentsOf: repeatElement(0, count: WireLimits.greetingSize - bytes.count))
        return bytes
    }

    /// Reads a peer's greeting; `nil` while what is there is good but not all of it.
    ///
    /// A peer that speaks something else is told apart by its first, tenth and eleventh byte, as
    /// soon as each is there.
    static func parse(_ input: UnsafeRawBufferPointer) throws(Refusal) -> Greeting? {
        guard let base = input.baseAddress, let first = input.first else { return nil }
        guard first == 0xFF else { throw .notZMTP }
        guard input.count > 9 else { return nil }
        guard input[9] == 0x7F else { throw .notZMTP }
        guard input.count > 10 else { return nil }
        guard input[10] >= ourMajor else { throw .unsupportedVersion(major: input[10]) }
        guard input.count >= WireLimits.greetingSize else { return nil }
        return Greeting(
            major: input[10], minor: input[11], mechanism: MechanismName(at: base + 12),
            asServer: input[32])
    }

    /// The minor version both sides speak; a later major version speaks 3.1 to us.
    var effectiveMinor: UInt8 {
        major > Greeting.ourMajor ? Greeting.ourMinor : min(minor, Greeting.ourMinor)
    }
}
