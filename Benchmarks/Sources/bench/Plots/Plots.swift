enum Plots {
    static func write(_ record: Record, into folder: String) throws {}
}
