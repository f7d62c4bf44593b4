/// Joining publisher and subscriber without guessing how long a subscription travels.
extension Stage {
    var publisher: Side { pair.ours.publishes ? .ours : .theirs }
    var subscriber: Side { publisher.other }

    /// Subscribes to `a` on pub/sub pairs and waits until the publisher acts on it.
    func subscribeIfNeeded() throws(Failure) {
        guard pair.ours.publishes || pair.ours.subscribes else { return }
        try subscribe(to: ["a"])
    }

    func subscribe(to topics: [String]) throws(Failure) {
        for topic in topics {
            try self[subscriber].ask("sub s \(topic)")
        }
        try self[subscriber].ask("sub s !")
        try awaitBeacon()
    }

    /// Subscriptions are handled in order: who gets the beacon has all earlier ones in force.
    func awaitBeacon() throws(Failure) {
        let words = "keys=! size=24 gaps=1"
        try self[publisher].begin("pump s \(words) pace=1000")
        let seen = try self[subscriber].attempt("recv s count=1 timeout=8000 idle=8000 \(words)")
        try self[publisher].begin("halt")
        let pumped = try self[publisher].answer()
        try self[publisher].finish()
        try expect(pumped.isOK, "publisher reports: \(pumped.line)")
        try expect(seen.isOK, "no message reaches the subscriber: \(seen.line)")
    }
}
