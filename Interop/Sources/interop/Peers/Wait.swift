import Foundation

/// Time that passes on purpose.
enum Wait {
    /// Looks every few milliseconds; false when the time is over.
    @discardableResult
    static func until(_ seconds: Double, _ condition: () -> Bool) -> Bool {
        let end = Date().addingTimeInterval(seconds)
        while !condition() {
            guard Date() < end else { return false }
            usleep(3000)
        }
        return true
    }

    /// Lets time pass. Returns the longest moment for which this machine let us not run, in
    /// seconds.
    static func rest(_ seconds: Double) -> Double {
        let end = Date().addingTimeInterval(seconds)
        var last = Date()
        var longest = 0.0
        while last < end {
            usleep(10_000)
            let now = Date()
            longest = max(longest, now.timeIntervalSince(last))
            last = now
        }
        return longest
    }
}
