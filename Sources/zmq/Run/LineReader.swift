import ZeroMQ

/// The messages that the lines of standard input stand for.
struct LineReader {
    private var input: StandardInput
    private let format: LineFormat

    init(format: LineFormat, on thread: IOThread) {
        input = StandardInput(on: thread)
        self.format = format
    }

    /// The next message, or nil at the end of the input.
    mutating func next() async throws -> Message? {
        guard let line = try await input.nextLine() else { return nil }
        do {
            return Message(try format.frames(of: line).map { Frame($0) })
        } catch {
            throw ToolError("input line \(input.lineNumber): \(error.message)")
        }
    }
}
