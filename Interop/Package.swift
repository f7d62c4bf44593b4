// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

// `interop` depends on both peers only so that `swift run interop` builds them too: it starts
// them as processes of their own and links neither.
let package = Package(
    name: "swift-zeromq-interop",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "swift-zeromq", path: "..")],
    targets: [
        .target(name: "CTraffic"),
        .executableTarget(
            name: "peer-libzmq", dependencies: ["CTraffic"],
            linkerSettings: [.linkedLibrary("zmq")]),
        .executableTarget(
            name: "peer-swift",
            dependencies: ["CTraffic", .product(name: "ZeroMQ", package: "swift-zeromq")],
            swiftSettings: settings),
        .executableTarget(
            name: "interop", dependencies: ["peer-libzmq", "peer-swift"],
            swiftSettings: settings),
    ]
)
