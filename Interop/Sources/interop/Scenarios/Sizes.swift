/// Frame sizes at which headers, buffers and copies change their ways.
enum Sizes {
    static let list = "0,1,255,256,8191,8192,8193,65535,65536,65537,1048576"

    /// The words of a traffic command for bodies of 64 MiB.
    static let bigWords = "size=67108864 timeout=18000 idle=18000"

    static let rows: [Row] = small + big

    private static let small: [Row] = TypePair.all.map { pair in
        Row("sizes", pair, skip: Skip.withIPv6(pair)) { stage throws(Failure) in
            try stage.openForFlows("api=blocking")
            try stage.carryAll("count=22 first=0 size=\(list)")
            try stage.carryAll("count=22 first=22 size=\(list) frames=1,2,3")
        }
    }

    private static let big: [Row] = TypePair.all.map { pair in
        Row("sizes", pair, "64 MiB", isHeavy: true, skip: Skip.fullOnly) {
            stage throws(Failure) in
            // A published body has its topic in front; one at a time, as a publisher drops.
            try stage.openForFlows("maxmsg=67200000")
            for first in 0..<2 {
                try stage.carryAll("count=1 first=\(first) \(bigWords)")
            }
        }
    }
}
