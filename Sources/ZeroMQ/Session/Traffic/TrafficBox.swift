/// Keeps a `Traffic` where it is.
///
/// Moving it in and out of the session's state would cost more than a small message does.
final class TrafficBox {
    var traffic: Traffic

    init(_ traffic: consuming Traffic) {
        self.traffic = traffic
    }
}
