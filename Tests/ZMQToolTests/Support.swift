@testable import zmq

extension LineFormat {
    /// The line of a message, without its line feed.
    func line(_ frames: [[UInt8]]) -> String {
        var output: [UInt8] = []
        for (position, frame) in frames.enumerated() {
            frame.withUnsafeBytes { append($0, position: position, to: &output) }
        }
        endLine(&output)
        return String(decoding: output.dropLast(), as: UTF8.self)
    }

    func frames(_ line: String) throws -> [[UInt8]] {
        try frames(of: Array(line.utf8)[...])
    }
}

func bytes(_ text: String) -> [UInt8] {
    Array(text.utf8)
}
