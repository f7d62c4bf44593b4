@testable import ZeroMQ

/// Drives a session without I/O, as a transport would, and writes down what it does.
struct SessionDriver: ~Copyable {
    var session: Session
    private(set) var transcript = Transcript()
    private var buffer: [UInt8] = []
    private var body: LargeBody?
    private var isClosed = false

    private struct LargeBody {
        var bytes: [UInt8] = []
        var length: Int
        var more: Bool
    }

    init(_ configuration: SessionConfiguration, now: Instant = .zero) {
        session = Session(configuration, now: now)
    }

    /// One receive.
    mutating func receive(_ bytes: some Collection<UInt8>, now: Instant = .zero) {
        guard !isClosed else { return }
        session.bytesArrived(now: now)
        buffer.append(contentsOf: bytes)
        var offset = 0
        while true {
            if body != nil {
                offset += collectBody(from: offset)
                if body != nil { break }
            }
            let rest = buffer.count - offset
            let step = buffer.withUnsafeBytes {
                session.advance(UnsafeRawBufferPointer(rebasing: $0[offset...]), now: now)
            }
            guard step.consumed >= 0, step.consumed <= rest else {
                transcript.faults.append("consumed \(step.consumed) of \(rest)")
                break
            }
            let taken = Array(buffer[offset..<(offset + step.consumed)])
            offset += step.consumed
            guard record(step, taken: taken, rest: rest) else { break }
        }
        buffer.removeFirst(offset)
    }

    /// Returns whether to take another step.
    private mutating func record(_ step: SessionStep, taken: [UInt8], rest: Int) -> Bool {
        switch step.action {
        case .needMore:
            if step.consumed != 0 { transcript.faults.append("needMore consumes") }
            if session.inputNeeded <= rest { transcript.faults.append("needs what is there") }
            return false
        case .fail(let failure):
            transcript.observations.append(.failed(failure))
            isClosed = true
            checkClosed()
            return false
        case .none: break
        case .send(let bytes): transcript.observations.append(.sent(bytes))
        case .established(let peer, let bytes):
            if !bytes.isEmpty { transcript.observations.append(.sent(bytes)) }
            transcript.observations.append(.established(peer))
        case .frames(let messages, let endsMessage):
            let rest = recordFrames(taken, messages: messages, endsMessage: endsMessage)
            if rest != nil { transcript.faults.append("a header without its body") }
        case .largeBody(let length, let more, let messages):
            recordLargeBody(taken, length: length, more: more, messages: messages)
        case .subscribe(let topic): transcript.observations.append(.subscribed(topic))
        case .cancel(let topic): transcript.observations.append(.cancelled(topic))
        case .refusedFrame(let kind): transcript.observations.append(.refused(kind))
        }
        if step.consumed == 0 { transcript.faults.append("no progress: \(step.action)") }
        return step.consumed > 0
    }

    private mutating func checkClosed() {
        let again = [UInt8](repeating: 0, count: 300).withUnsafeBytes {
            session.advance($0, now: .zero)
        }
        if again != .needMore { transcript.faults.append("acts after failing: \(again)") }
        if session.isEstablished || session.deadline != nil {
            transcript.faults.append("alive after failing")
        }
    }

    /// Cuts whole frames out of the consumed bytes, as a receiving socket would.
    ///
    /// Returns the header behind them, of which nothing but the header was consumed.
    private mutating func recordFrames(
        _ bytes: [UInt8], messages: Int, endsMessage: Bool?
    ) -> FrameHeader? {
        var offset = 0
        var ended = 0
        var last: FrameHeader?
        var trailing: FrameHeader?
        while offset < bytes.count, trailing == nil {
            let header = bytes[offset...].withUnsafeBytes { FrameHeader.decode($0) }
            guard let header, !header.flags.contains(.command) else {
                transcript.faults.append("not message frames")
                return nil
            }
            offset += header.headerSize
            if offset == bytes.count, header.length > 0 {
                trailing = header
                continue
            }
            let end = offset + Int(clamping: header.length)
            guard end <= bytes.count else {
                transcript.faults.append("not whole frames")
                return nil
            }
            let more = header.flags.contains(.more)
            transcript.observations.append(.frame(Array(bytes[offset..<end]), more: more))
            ended += more ? 0 : 1
            offset = end
            last = header
        }
        if ended != messages { transcript.faults.append("\(ended) messages, said \(messages)") }
        if let endsMessage, last?.flags.contains(.more) != !endsMessage {
            transcript.faults.append("endsMessage \(endsMessage)")
        }
        transcript.messages += messages
        return trailing
    }

    private mutating func recordLargeBody(
        _ bytes: [UInt8], length: Int, more: Bool, messages: Int
    ) {
        if length <= session.configuration.largeFrameThreshold {
            transcript.faults.append("\(length) is not large")
        }
        let header = recordFrames(bytes, messages: messages, endsMessage: nil)
        if header?.length != UInt64(length) || header?.flags.contains(.more) != more {
            transcript.faults.append("another large frame than announced")
        }
        body = LargeBody(length: length, more: more)
    }

    private mutating func collectBody(from offset: Int) -> Int {
        guard var large = body else { return 0 }
        let count = min(large.length - large.bytes.count, buffer.count - offset)
        large.bytes.append(contentsOf: buffer[offset..<(offset + count)])
        guard large.bytes.count == large.length else {
            body = large
            return count
        }
        body = nil
        let messages = session.finishLargeBody()
        if messages != (large.more ? 0 : 1) { transcript.faults.append("finishLargeBody") }
        transcript.messages += messages
        transcript.observations.append(.frame(large.bytes, more: large.more))
        return count
    }

    mutating func timerFired(now: Instant) -> SessionAction {
        let action = session.timerFired(now: now)
        if case .fail = action {
            isClosed = true
            checkClosed()
        }
        return action
    }
}

extension Instant {
    static let zero = Instant(nanoseconds: 0)

    static func milliseconds(_ count: Int64) -> Instant {
        Instant(nanoseconds: count * 1_000_000)
    }
}
