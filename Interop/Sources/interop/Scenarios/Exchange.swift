/// Single and multipart messages along every flow of every pair.
enum Exchange {
    static let rows: [Row] = TypePair.all.map { pair in
        Row("exchange", pair, skip: Skip.withIPv6(pair)) { stage throws(Failure) in
            try stage.openForFlows()
            try stage.carryAll("count=200 first=0")
            try stage.carryAll("count=200 first=200 frames=1,2,3,7")
        }
    }
}
