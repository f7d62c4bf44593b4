import CTraffic
import ZeroMQ

/// What came in, against what was to come in.
final class Judge {
    private let shape: Shape
    private var trackers: [traffic_tracker]
    private var sender: [UInt8] = []
    private var note = ""
    private(set) var got = 0

    init(_ shape: Shape) {
        self.shape = shape
        trackers = (0..<max(1, shape.keys.count)).map { _ in
            var tracker = traffic_tracker()
            traffic_tracker_init(&tracker, shape.first != nil, UInt64(shape.first ?? 0))
            return tracker
        }
    }

    deinit {
        for index in trackers.indices {
            traffic_tracker_free(&trackers[index])
        }
    }

    var isComplete: Bool { shape.count.map { got >= $0 } ?? false }

    func judge(_ message: Message) {
        let skip = shape.envelope + (shape.hasDelimiter ? 1 : 0)
        guard message.count > skip, !shape.hasDelimiter || message[skip - 1].isEmpty else {
            return damaged("envelope_wrong_in_\(message.count)_frames")
        }
        if shape.envelope > 0 { sender = message[0].array }
        var index = 0
        var prefix = 0
        if !shape.keys.isEmpty {
            let start = message[skip].withUnsafeBytes { Array($0.prefix(16)) }
            guard let key = shape.keys.firstIndex(where: { start.starts(with: $0) }) else {
                if start.first != UInt8(ascii: "!") { damaged("unknown_key") }
                return
            }
            index = key
            prefix = shape.keys[key].count
        }
        let sequence = number(in: message, skip, prefix, index)
        let isIntact = isIntact(message, skip, prefix, Int(sequence))
        traffic_tracker_add(&trackers[index], sequence, isIntact)
        got += 1
    }

    /// One body cut from a byte stream.
    func judge(bytes: ArraySlice<UInt8>) {
        var sequence = traffic_tracker_expected(&trackers[0])
        let isIntact = bytes.withUnsafeBytes { raw in
            let base = raw.bindMemory(to: UInt8.self).baseAddress
            _ = traffic_sequence(base, raw.count, &sequence)
            return raw.count == shape.size(Int(sequence), 0)
                && traffic_matches(base, raw.count, sequence, 0, 1)
        }
        if !isIntact { note = "stream_damaged_at_\(sequence)" }
        traffic_tracker_add(&trackers[0], sequence, isIntact)
        got += 1
    }

    /// The reply of every receiving command; `ending` is empty, or why it ended early.
    func report(_ ending: String = "") -> String {
        var lost: UInt64 = 0
        for index in trackers.indices { lost += traffic_tracker_lost(&trackers[index]) }
        let duplicate = trackers.reduce(0) { $0 + $1.duplicate }
        let disorder = trackers.reduce(0) { $0 + $1.disorder }
        let corrupt = trackers.reduce(0) { $0 + $1.corrupt }
        let isBad = duplicate + disorder + corrupt > 0 || (lost > 0 && !shape.allowsGaps)
        var words = [isBad ? "err mismatch" : ending.isEmpty ? "ok" : "err"]
        if !ending.isEmpty { words.append(ending) }
        words.append("got=\(got) lost=\(lost) dup=\(duplicate) order=\(disorder)")
        words.append("corrupt=\(corrupt)")
        for (index, key) in shape.keys.enumerated() {
            words.append(keyReport(String(decoding: key, as: UTF8.self), index))
        }
        if !sender.isEmpty { words.append("from=" + Hex.text(sender)) }
        if !note.isEmpty { words.append("note=" + note) }
        return words.joined(separator: " ")
    }

    private func keyReport(_ key: String, _ index: Int) -> String {
        let lost = traffic_tracker_lost(&trackers[index])
        let tracker = trackers[index]
        let first = tracker.got > 0 ? Int(tracker.first_seen) : -1
        let last = tracker.got > 0 ? Int(tracker.next) - 1 : -1
        return "got.\(key)=\(tracker.got) lost.\(key)=\(lost) first.\(key)=\(first) "
            + "last.\(key)=\(last)"
    }

    private func damaged(_ note: String) {
        self.note = note
        trackers[0].corrupt += 1
        got += 1
    }

    /// The number in the first body that is long enough to carry one.
    private func number(in message: Message, _ skip: Int, _ prefix: Int, _ index: Int) -> UInt64 {
        var sequence = traffic_tracker_expected(&trackers[index])
        for position in skip..<message.count {
            let offset = position == skip ? prefix : 0
            let isFound = message[position].withUnsafeBytes { raw in
                raw.withMemoryRebound(to: UInt8.self) { bytes in
                    bytes.baseAddress.map {
                        traffic_sequence($0 + offset, bytes.count - offset, &sequence)
                    } ?? false
                }
            }
            if isFound { break }
        }
        return sequence
    }

    private func isIntact(_ message: Message, _ skip: Int, _ prefix: Int, _ sequence: Int) -> Bool {
        let count = message.count - skip
        let wanted = shape.frames(sequence)
        guard count == wanted else {
            note = "message_\(sequence)_has_\(count)_frames_not_\(wanted)"
            return false
        }
        for frame in 0..<count {
            let offset = frame == 0 ? prefix : 0
            let body = message[skip + frame]
            let size = shape.size(sequence, frame)
            guard body.count - offset == size else {
                note =
                    "message_\(sequence)_frame_\(frame)_has_\(body.count - offset)_bytes"
                    + "_not_\(size)"
                return false
            }
            let matches = body.withUnsafeBytes { raw in
                raw.withMemoryRebound(to: UInt8.self) { bytes in
                    bytes.baseAddress.map {
                        traffic_matches(
                            $0 + offset, size, UInt64(sequence), UInt32(frame), UInt32(count))
                    } ?? (size == 0)
                }
            }
            guard matches else {
                note = "message_\(sequence)_frame_\(frame)_damaged"
                return false
            }
        }
        return true
    }
}
