/// What a socket type does when peers come and go, beside distributing messages: the parts of its
/// strategies that the core has to reach.
enum Pattern {
    case plain
    /// One peer at a time (PAIR).
    case exclusive
    /// Peers are found by routing id (ROUTER).
    case router(RoutedSend)
    /// Raw connections are found by id (STREAM).
    case stream(StreamSend)
    /// Peers subscribe (PUB, XPUB).
    case publisher(FanOutSend)
    /// We subscribe (SUB, XSUB).
    case subscriber(SubscriptionRegistry)
    case request(RequestState)
}
