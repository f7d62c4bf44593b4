@testable import ZeroMQ

/// Makes inputs for a session: what an honest peer might send, and what becomes of it by accident.
struct TranscriptGenerator {
    var random: SplitMix64

    init(seed: UInt64) {
        random = SplitMix64(seed: seed)
    }

    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &random)
    }

    mutating func chance(_ percent: Int) -> Bool {
        number(1...100) <= percent
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
    }

    // MARK: Honest peers

    mutating func configuration() -> SessionConfiguration {
        let types = SocketType.allCases.filter { $0 != .stream }
        return .of(types[number(0...(types.count - 1))]) {
            $0.largeFrameThreshold = [0, 1, 10, 50, 8192][number(0...4)]
            if chance(30) { $0.limits.maxFrameSize = UInt64(number(0...200)) }
            if chance(30) { $0.limits.maxMessageSize = UInt64(number(0...300)) }
            if chance(30) { $0.limits.maxFramesPerMessage = number(0...5) }
            if chance(30) { $0.limits.maxTopicSize = number(0...40) }
            if chance(30) { $0.limits.maxCommandSize = number(0...60) }
            if chance(30) { $0.limits.maxHandshakeCommandSize = number(0...120) }
            if chance(30) { $0.limits.maxRefusals = number(0...4) }
            if chance(30) { $0.limits.maxPongsPerSecond = number(0...3) }
            if chance(20) { $0.strictness.rejectsReservedFlags = false }
            if chance(20) { $0.strictness.requiresCommandFlag = false }
            if chance(20) { $0.strictness.requiresSocketType = false }
            if chance(50) { $0.heartbeatInterval = .milliseconds(100) }
        }
    }

    mutating func honest(to type: SocketType) -> [UInt8] {
        var input = WireBytes.greeting(
            padding: bytes(8), minor: UInt8(number(0...2)), asServer: UInt8(number(0...1)))
        let peers = SocketType.allCases.filter { $0.canPeer(with: type) }
        let peer = chance(95) ? peers[number(0...(peers.count - 1))] : .pair
        var properties: [UInt8] = []
        if chance(30) { properties += WireBytes.property("Identity", bytes(number(0...20))) }
        if chance(30) { properties += WireBytes.property("X-f", bytes(number(0...30))) }
        input += WireBytes.ready(peer.wireName, properties)
        for _ in 0..<number(0...12) { input += frame() }
        return input
    }

    private mutating func frame() -> [UInt8] {
        switch number(0...9) {
        case 0: return WireBytes.ping(ttl: UInt16(number(0...65_535)), bytes(number(0...20)))
        case 1: return WireBytes.command("PONG", bytes(number(0...20)))
        case 2: return WireBytes.command("SUBSCRIBE", bytes(number(0...50)))
        case 3: return WireBytes.command("CANCEL", bytes(number(0...50)))
        case 4:
            let names = ["WALRUS", "READY", "ERROR", "HELLO", "JOIN", "MESSAGE"]
            return WireBytes.command(names[number(0...5)], bytes(number(0...10)))
        case 5: return WireBytes.frame(0, [UInt8(number(0...1))] + bytes(number(0...50)))
        case 6: return WireBytes.long(UInt8(number(0...1)), bytes(number(0...60)))
        case 7: return WireBytes.frame(0, bytes(number(200...300)))
        default: return WireBytes.frame(UInt8(number(0...1)), bytes(number(0...60)))
        }
    }

    // MARK: Accidents

    mutating func mutated(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        for _ in 0..<number(1...4) where !bytes.isEmpty {
            let place = number(0...(bytes.count - 1))
            let length = min(number(1...12), bytes.count - place)
            switch number(0...6) {
            case 0: bytes[place] ^= 1 << UInt8(number(0...7))
            case 1: bytes[place] = [0, 1, 2, 3, 4, 5, 6, 0x7F, 0x80, 0xFE, 0xFF][number(0...10)]
            case 2: bytes.insert(contentsOf: self.bytes(length), at: place)
            case 3: bytes.removeSubrange(place..<(place + length))
            case 4: bytes.insert(contentsOf: bytes[place..<(place + length)], at: place)
            case 5: bytes.removeLast(bytes.count - place)
            default: bytes.replaceSubrange(place..<(place + length), with: self.bytes(length))
            }
        }
        return bytes
    }

    /// Cuts the input into a few pieces.
    mutating func cut(_ input: [UInt8]) -> [ArraySlice<UInt8>] {
        var chunks: [ArraySlice<UInt8>] = []
        var rest = input[...]
        let most = number(1...100)
        while !rest.isEmpty {
            let size = min(number(1...most), rest.count)
            chunks.append(rest.prefix(size))
            rest = rest.dropFirst(size)
        }
        return chunks
    }
}
