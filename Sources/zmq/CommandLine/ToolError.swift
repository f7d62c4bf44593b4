/// What went wrong, in one line for standard error.
struct ToolError: Error, Equatable {
    let message: String

    init(_ message: String) {
        self.message = message
    }
}
