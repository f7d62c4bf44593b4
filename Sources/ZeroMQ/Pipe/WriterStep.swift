/// What the I/O thread is to do next about a peer's queue.
enum WriterStep: Equatable {
    /// Write the flight.
    case write
    /// Look again at that time.
    case rest(until: Instant)
    /// Nothing is left: wait to be told.
    case stop
}
