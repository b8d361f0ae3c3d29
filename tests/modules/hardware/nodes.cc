// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// A device whose description has nodes below its own.

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include <kernel/device.hpp>
#include <kernel/gpio.hpp>
#include <kernel/platform.hpp>
#include <kernel/prelude.hpp>

#include "behaviours.hpp"

using namespace kernel;

MODULE_DESCRIPTION("Tries the library's nodes of descriptions on software nodes");
MODULE_LICENSE("GPL");

namespace
{

class Keypad
{
public:
	static constexpr platform::Ids ids{platform::id("keypad")};

	static Result<Keypad> probe(platform::BoundDevice &device)
	{
		return {std::in_place, device};
	}
	explicit Keypad(platform::BoundDevice &bound) : device{bound} {}
	Result<> start(platform::BoundDevice &bound);

	platform::BoundDevice &device;
};

using Behaviour = BehaviourOf<Keypad>;

Result<> device_has_its_own_properties(Keypad &keypad)
{
	CHECK(KTRY(keypad.device.property<u32>("rows")) == 4);
	CHECK(!keypad.device.has_property("code"));
	return {};
}

Result<> nodes_come_in_their_order(Keypad &keypad)
{
	u64 codes = 0;
	for (const Node &key : child_nodes(keypad.device))
		codes = codes * 1000 + KTRY(key.property<u32>("code"));
	CHECK(codes == 103108116);
	return {};
}

Result<> node_has_properties_of_each_type(Keypad &keypad)
{
	for (const Node &key : child_nodes(keypad.device)) {
		CHECK(KTRY(key.property<const char *>("label")) == std::string_view{"up"});
		CHECK(KTRY(key.property<u64>("serial")) == 1ULL << 40);
		CHECK(key.has_property("wakeup-source") && !key.has_property("missing"));
		CHECK(key.property<u32>("missing").error_or(EPERM) == EINVAL);
		CHECK(key.property_or<u32>("code", 5) == 103);
		CHECK(key.property_or<u32>("missing", 5) == 5);
		break;
	}
	return {};
}

Result<> node_lives_after_its_loop(Keypad &keypad)
{
	std::optional<Node> last;
	for (const Node &key : child_nodes(keypad.device))
		last = key;
	CHECK(last);
	const Node copy{*last};
	last.reset();
	CHECK(KTRY(copy.property<u32>("code")) == 116);
	return {};
}

Result<> device_has_a_node_of_its_own(Keypad &keypad)
{
	const Node own = KTRY(Node::of(keypad.device));
	CHECK(KTRY(own.property<u32>("rows")) == 4);
	int below = 0;
	for (const Node &key : child_nodes(own))
		below += key.has_property("code");
	CHECK(below == 3);
	return {};
}

Result<> node_is_found_by_its_name(Keypad &keypad)
{
	const Node own = KTRY(Node::of(keypad.device));
	CHECK(KTRY(KTRY(own.child("node1")).property<u32>("code")) == 108);
	CHECK(own.child("node7").error_or(EPERM) == ENOENT);
	return {};
}

Result<> property_refers_to_a_node(Keypad &keypad)
{
	const Node power = KTRY(KTRY(Node::of(keypad.device)).child("node2"));
	CHECK(KTRY(KTRY(power.reference("pair")).property<u32>("code")) == 103);
	CHECK(power.reference("pair", 1).error_or(EPERM) == ENOENT);
	CHECK(power.reference("missing").error_or(EPERM) != EPERM);
	return {};
}

Result<> property_has_numbers_behind_its_node(Keypad &keypad)
{
	const Node power = KTRY(KTRY(Node::of(keypad.device)).child("node2"));
	const NodeReference pair = KTRY(power.reference_args("pair", "#key-cells"));
	CHECK(KTRY(pair.node.property<u32>("code")) == 103);
	CHECK(pair.arguments().size() == 2 && pair.arguments()[0] == 7 && pair.arguments()[1] == 9);
	CHECK(!power.reference_args("pair", "#missing-cells"));
	return {};
}

Result<> reference_to_a_node_that_is_not_there_is_an_error(Keypad & /*keypad*/)
{
	static constexpr std::array properties{own_reference("pair", 0)};
	constexpr std::array one{OwnNode{properties}};
	CHECK(OwnDescription::make({}, one).error_or(EPERM) == EINVAL);
	return {};
}

Result<> node_without_a_line_has_none(Keypad &keypad)
{
	for (const Node &key : child_nodes(keypad.device))
		CHECK(gpio::Input::get(keypad.device, key).error() == ENOENT);
	return {};
}

Result<> description_ends_with_its_object(Keypad & /*keypad*/)
{
	constexpr std::array none{own_property("flag")};
	auto first = KTRY(OwnDescription::make(none, {}));
	CHECK(first.root() != nullptr);
	const OwnDescription second{std::move(first)};
	CHECK(first.root() == nullptr && second.root() != nullptr); // NOLINT(*-use-after-move)
	return {};
}

const Behaviour behaviours[] = {
	BEHAVES(device_has_its_own_properties),
	BEHAVES(nodes_come_in_their_order),
	BEHAVES(node_has_properties_of_each_type),
	BEHAVES(node_lives_after_its_loop),
	BEHAVES(device_has_a_node_of_its_own),
	BEHAVES(node_is_found_by_its_name),
	BEHAVES(property_refers_to_a_node),
	BEHAVES(property_has_numbers_behind_its_node),
	BEHAVES(node_without_a_line_has_none),
	BEHAVES(description_ends_with_its_object),
	BEHAVES(reference_to_a_node_that_is_not_there_is_an_error),
};

Result<> Keypad::start(platform::BoundDevice & /*bound*/)
{
	report(*this, behaviours);
	return {};
}

constexpr std::array keypad{own_property("rows", u32{4})};
constexpr std::array up{own_property("label", "up"), own_property("code", u32{103}),
			own_property("serial", u64{1} << 40), own_property("wakeup-source"),
			own_property("#key-cells", u32{2})};
constexpr std::array down{own_property("code", u32{108})};
constexpr std::array<u64, 2> pair{7, 9};
constexpr std::array power{own_property("code", u32{116}), own_reference("pair", 0, pair)};
constexpr std::array keys{OwnNode{up}, OwnNode{down}, OwnNode{power}};

struct Keypads {
	static Result<Keypads> init(ThisModule &module)
	{
		auto driver = KTRY(platform::Registration<Keypad>::make(module));
		return {std::in_place, std::move(driver),
			KTRY(platform::NewDevice::make("keypad", keypad, keys))};
	}

	platform::Registration<Keypad> driver;
	platform::NewDevice device;
};

} // namespace

KERNEL_PLATFORM_DEVICE_TABLE(Keypad);
KERNEL_MODULE(Keypads);
