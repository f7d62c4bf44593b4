/// What `--help` prints.
enum HelpText {
    static let text = """
        bench: this library beside libzmq, nng and the bare transport, in one run

        usage: bench [--quick | --full] [--case NAME]... [--size BYTES]... [--at N]...
                     [--side SIDE]... [--rounds N] [--shared-context]
                     [--json FILE] [--markdown FILE] [--plots FOLDER]
                     [--compare FILE [--threshold PERCENT]]
               bench --from FILE [--markdown FILE] [--plots FOLDER] [--compare FILE]
               bench --allocations
               bench --endurance COUNT
               bench --profile-loop CASE POINT SECONDS [--side SIDE]
               bench --list

          --quick           a few sizes, or all of those of a case that is named in full;
                            three rounds of at most 0.2 s: less than a minute
          --full            five rounds of up to 0.7 s at all sizes: less than half an hour
                            (neither: three rounds, about ten minutes)
          --case NAME       only the cases whose names begin with NAME; may be repeated
          --size BYTES      messages of this size instead of the usual ones; may be repeated
          --at N            so many peers, connections, subscriptions or threads, in the cases
                            that are measured over these; may be repeated
          --side SIDE       only ours, oursAsync, oursIO, libzmq, nng, raw, or oursUring or
                            oursSpin, which are measured only so; may be repeated
          --rounds N        rounds of each contender (tcp-connections: three at most, with
                            --quick one)
          --shared-context  one context, so one I/O thread, for both ends; otherwise each end has
                            its own, as two processes would (inproc always shares one)
          --json FILE       write all figures to FILE
          --markdown FILE   write the tables to FILE
          --plots FOLDER    draw what was measured, as SVG
          --compare FILE    say what got slower since the run whose JSON is in FILE, by more than
                            PERCENT (5) and beyond the spread of the rounds
          --from FILE       take the figures from FILE instead of measuring
          --list            name the cases
          --allocations     count the allocations of this library per message, tcp, PUSH to PULL
          --endurance       send COUNT numbered messages over each transport, and check each one
          --profile-loop    run one side (ours unless told otherwise) for some seconds, for perf
                            and valgrind

        The tables show medians, and in brackets the quartiles of the rounds. A ratio above 1 is
        better for this library, in every unit. Benchmarks/README.md tells more.

        exit status: 0 all of ours measured, 1 something failed, 2 wrong usage, 3 a round did not
        end

        """
}
