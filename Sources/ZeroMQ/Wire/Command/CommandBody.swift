/// A command's body split into its name and data, in place.
///
/// Valid only as long as the memory it was made over.
struct CommandBody {
    let name: UnsafeRawBufferPointer
    let data: UnsafeRawBufferPointer

    /// Splits a body; throws if it has no name, or one longer than itself.
    init(_ body: UnsafeRawBufferPointer) throws(WireError) {
        var cursor = ByteCursor(body)
        guard let name = cursor.takeShortField(), !name.isEmpty else {
            throw .malformedCommandName
        }
        self.name = name
        data = cursor.rest
    }

    /// The name, if it is one of those the protocol defines.
    var knownName: CommandName? {
        CommandName(bytes: name)
    }
}
