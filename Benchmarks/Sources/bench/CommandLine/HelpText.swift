/// What `--help` prints.
enum HelpText {
    static let text = """
        bench: this library beside libzmq and beside the bare transport, in one run

        usage: bench [--quick] [--case NAME]... [--size BYTES]... [--side SIDE]...
                     [--rounds N] [--shared-context] [--json FILE]
               bench --allocations
               bench --profile-loop CASE SIZE SECONDS [--side SIDE]
               bench --list

          --quick           rounds of at most 0.2 s instead of 0.7 s, three instead of five;
                            the whole table in less than a minute
          --case NAME       only the cases whose names begin with NAME; may be repeated
          --size BYTES      messages of this size instead of the usual ones; may be repeated
          --side SIDE       only ours, oursAsync, libzmq or raw; may be repeated
          --rounds N        rounds of each contender
          --shared-context  one context, so one I/O thread, for both ends; otherwise each end has
                            its own, as two processes would (inproc always shares one)
          --json FILE       write the medians to FILE
          --list            name the cases
          --allocations     count the allocations of this library per message, tcp, PUSH to PULL
          --profile-loop    run one side (ours unless told otherwise) for some seconds, for perf
                            and valgrind

        The table shows medians, and beside them the slowest and the fastest round.
        A ratio above 1 is better for this library: ours/libzmq for messages per second,
        libzmq/ours for the microseconds of round trips. JSON holds an array of
        {"case", "size", "unit", "ours", "oursAsync", "libzmq", "raw", "ratio"}; null: not measured.

        exit status: 0 all measured, 1 something failed, 2 wrong usage, 3 a round did not end

        """
}
