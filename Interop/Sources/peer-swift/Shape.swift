import CTraffic
import ZeroMQ

/// What to send or to expect: the key=value words of a traffic command.
struct Shape {
    /// Nil: all that comes.
    let count: Int?
    let first: Int?
    let sizes: [Int]
    let frameCounts: [Int]
    let keys: [[UInt8]]
    let receiver: [UInt8]
    let hasDelimiter: Bool
    let allowsGaps: Bool
    let retries: Bool
    let envelope: Int
    let timeout: Duration
    let idle: Duration
    let pace: Duration?
    let delay: Duration?
    let extra: Duration?
    let sabotage: String

    init(_ words: Words) {
        let list = { (name: String, fallback: Int) -> [Int] in
            let values = (words.options[name] ?? "").split(separator: ",").compactMap { Int($0) }
            return values.isEmpty ? [fallback] : values
        }
        count = words.options["count"] == "all" ? nil : words.number("count") ?? 1
        first = words.number("first")
        sizes = list("size", 32)
        frameCounts = list("frames", 1)
        keys = (words.options["keys"] ?? "").split(separator: ",").map { Array($0.utf8) }
        receiver = Hex.bytes(words.options["to"] ?? "")
        hasDelimiter = words.flag("delim")
        allowsGaps = words.flag("gaps")
        retries = words.flag("retry")
        envelope = words.number("envelope") ?? 0
        timeout = words.milliseconds("timeout") ?? .seconds(10)
        idle = words.milliseconds("idle") ?? .seconds(3)
        pace = words.number("pace").map { .microseconds($0) }
        delay = words.milliseconds("delay")
        extra = words.milliseconds("extra")
        sabotage = words.options["sabotage"] ?? ""
    }

    func size(_ sequence: Int, _ frame: Int) -> Int { sizes[(sequence + frame) % sizes.count] }
    func frames(_ sequence: Int) -> Int { frameCounts[sequence % frameCounts.count] }

    /// The number and key of the message at `index` of this command.
    func place(_ index: Int) -> (sequence: Int, key: [UInt8]) {
        guard !keys.isEmpty else { return ((first ?? 0) + index, []) }
        return ((first ?? 0) + index / keys.count, keys[index % keys.count])
    }

    /// Message `index`, envelope included.
    func message(_ index: Int, isCorrupt: Bool = false) -> Message {
        let (sequence, key) = place(index)
        var frames: [Frame] = []
        if !receiver.isEmpty { frames.append(Frame(receiver)) }
        if hasDelimiter { frames.append(Frame([])) }
        let count = self.frames(sequence)
        for frame in 0..<count {
            let prefix = frame == 0 ? key : []
            let isDamaged = isCorrupt && frame == count - 1
            frames.append(Frame(body(sequence, frame, of: count, prefix, isDamaged)))
        }
        return frames.count == 1 ? Message(frames[0]) : Message(frames)
    }

    func body(
        _ sequence: Int, _ frame: Int, of count: Int, _ prefix: [UInt8] = [],
        _ isDamaged: Bool = false
    ) -> [UInt8] {
        let size = size(sequence, frame)
        return [UInt8](unsafeUninitializedCapacity: prefix.count + size) { buffer, initialized in
            _ = buffer.initialize(from: prefix)
            if size > 0, let base = buffer.baseAddress {
                traffic_fill(
                    base + prefix.count, size, UInt64(sequence), UInt32(frame), UInt32(count))
                if isDamaged { buffer[prefix.count + size - 1] ^= 0x40 }
            }
            initialized = prefix.count + size
        }
    }
}
