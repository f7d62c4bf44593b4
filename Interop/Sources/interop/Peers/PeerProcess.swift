import Foundation
import Synchronization

/// A running peer: commands in, one line of answer to each.
///
/// Belongs to one lane; only the lane's thread calls it.
final class PeerProcess {
    let kind: PeerKind
    /// How the transcript calls it: `ours` or `theirs`.
    let role: String
    /// How long one command may take.
    var patience: Double

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private let errors: URL
    private var buffer: [UInt8] = []
    private(set) var transcript: [String] = []
    private(set) var pending = 0

    private static let serial = Atomic<Int>(0)

    init(_ kind: PeerKind, role: String, patience: Double) throws(Failure) {
        self.kind = kind
        self.role = role
        self.patience = patience
        let number = PeerProcess.serial.add(1, ordering: .relaxed).newValue
        errors = Scratch.directory.appendingPathComponent("peer-\(number).err")
        _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
        let command = kind.command
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try? FileHandle(forWritingTo: errors)
        do {
            try process.run()
        } catch {
            throw Failure("cannot start \(kind.rawValue): \(error); \(kind.installation)")
        }
    }

    var pid: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var isUsable: Bool { process.isRunning && pending == 0 }

    // MARK: Commands

    /// Sends a command and does not wait for its answer; answers come in order.
    func begin(_ line: String) throws(Failure) {
        transcript.append("-> " + line)
        pending += 1
        var bytes = Array((line + "\n").utf8)[...]
        while !bytes.isEmpty {
            let fd = input.fileHandleForWriting.fileDescriptor
            let written = bytes.withUnsafeBytes { write(fd, $0.baseAddress, $0.count) }
            guard written > 0 else {
                throw Failure("\(role) (\(kind.rawValue)) \(endReason) at: \(line)")
            }
            bytes = bytes.dropFirst(written)
        }
    }

    /// The answer to the oldest command not yet answered, whatever it is.
    func answer(within seconds: Double? = nil) throws(Failure) -> PeerReply {
        let line = try readLine(within: seconds ?? patience)
        pending -= 1
        transcript.append("<- " + line)
        return PeerReply(line)
    }

    /// The answer to the oldest command not yet answered, which must be `ok`.
    @discardableResult
    func finish(within seconds: Double? = nil) throws(Failure) -> PeerReply {
        let reply = try answer(within: seconds)
        try expect(reply.isOK, "\(role) (\(kind.rawValue)) answered: \(reply.line)")
        return reply
    }

    /// One command whose answer must be `ok`.
    @discardableResult
    func ask(_ line: String) throws(Failure) -> PeerReply {
        try begin(line)
        return try finish()
    }

    /// One command whose answer may be an error.
    func attempt(_ line: String) throws(Failure) -> PeerReply {
        try begin(line)
        return try answer()
    }

    func forgetTranscript() {
        transcript.removeAll()
    }

    // MARK: Its end

    func signal(_ number: Int32) {
        _ = Glue.kill(pid, number)
    }

    /// kill -9, and wait until it is gone.
    func destroy() {
        transcript.append("(killed)")
        signal(SIGKILL)
        Wait.until(5) { !process.isRunning }
    }

    /// Asks it to end; insists after a moment.
    func dismiss() {
        if process.isRunning, (try? begin("quit")) != nil {
            Wait.until(3) { !process.isRunning }
        }
        if process.isRunning {
            signal(SIGKILL)
            Wait.until(5) { !process.isRunning }
        }
    }

    /// The last it wrote on standard error.
    var lastWords: String {
        let text = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
        return String(text.suffix(2000)).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private var endReason: String {
        Wait.until(1) { !process.isRunning }
        guard !process.isRunning else { return "closed its input" }
        return process.terminationReason == .uncaughtSignal
            ? "died of signal \(process.terminationStatus)"
            : "exited with status \(process.terminationStatus)"
    }

    private func readLine(within seconds: Double) throws(Failure) -> String {
        let end = Date().addingTimeInterval(seconds)
        let fd = output.fileHandleForReading.fileDescriptor
        while true {
            if let mark = buffer.firstIndex(of: 10) {
                let line = String(decoding: buffer[..<mark], as: UTF8.self)
                buffer.removeSubrange(...mark)
                return line
            }
            var poll = pollfd(fd: fd, events: Int16(POLLIN), revents: 0)
            let left = max(0, end.timeIntervalSinceNow)
            guard Glue.poll(&poll, Int32(left * 1000) + 1) > 0 || left > 0 else {
                throw Failure(
                    "\(role) (\(kind.rawValue)) hangs: no answer for \(seconds) s to: "
                        + (transcript.last { $0.hasPrefix("-> ") } ?? ""))
            }
            guard poll.revents != 0 else { continue }
            var part = [UInt8](repeating: 0, count: 4096)
            let count = part.withUnsafeMutableBytes { read(fd, $0.baseAddress, $0.count) }
            guard count > 0 else { throw Failure("\(role) (\(kind.rawValue)) \(endReason)") }
            buffer += part[..<count]
        }
    }
}
