// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

let package = Package(
    name: "swift-zeromq-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-zeromq", path: "..")],
    targets: [
        // The system's libzmq: headers and library from `apt-get install libzmq3-dev`.
        .systemLibrary(name: "CLibzmq"),
        .target(name: "CBenchSupport"),
        .target(name: "CLibzmqLoops", dependencies: ["CLibzmq", "CBenchSupport"]),
        // nng is looked for at run time: without it there is one side less.
        .target(name: "CNngLoops", dependencies: ["CBenchSupport"]),
        .target(name: "CRawLoops", dependencies: ["CBenchSupport"]),
        .target(name: "CConnectionLoad", dependencies: ["CBenchSupport"]),
        .target(name: "CAllocationCounter"),
        .executableTarget(
            name: "bench",
            dependencies: [
                .product(name: "ZeroMQ", package: "swift-zeromq"),
                "CLibzmq", "CLibzmqLoops", "CNngLoops", "CRawLoops", "CConnectionLoad",
                "CBenchSupport", "CAllocationCounter",
            ],
            swiftSettings: settings),
    ]
)
