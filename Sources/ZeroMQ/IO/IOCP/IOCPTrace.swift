/// What happens to operations.
enum IOCPTrace: Sendable {
    case started(IOCPOperation.Kind, EntryID)
    case refused(IOCPOperation.Kind, EntryID, code: Int32)
    case ended(IOCPOperation.Kind, EntryID, code: Int32, bytes: Int)
    case retired(EntryID)
    case freed(EntryID)
}
