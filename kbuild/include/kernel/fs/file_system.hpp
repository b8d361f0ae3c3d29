// SPDX-License-Identifier: GPL-2.0-only OR MIT
/// \file
/// File systems that are in memory: `mount -t <name>`. C API: <linux/fs.h>,
/// <linux/fs_context.h>, fs/libfs.c.
///
/// A mounted file system is an object of a class: see <kernel/fs/super_block.hpp>. Its contents
/// are objects of classes of directories (<kernel/fs/directory.hpp>) and of files
/// (<kernel/fs/inode_file.hpp>). The kernel keeps names until they are removed or the file system
/// is unmounted.
///
/// A type `Options` of the class gets the options of `mount -o`, one by one, at a mount and at
/// a remount:
///
///     struct Options {
///             std::uint64_t size = 1 << 20;
///
///             Result<> parse(const MountOption &option)
///             {
///                     if (option.name() != "size")
///                             return ENOPARAM; // unknown here
///                     size = KTRY(option.number());
///                     return {};
///             }
///     };
///
/// Without reconfigure() options cannot be changed: a remount with options returns EINVAL.

#pragma once

#include <concepts>
#include <string_view>
#include <type_traits>
#include <utility>

#include <generated/bindings/fs/file_system.hpp>
#include <kernel/error.hpp>
#include <kernel/fs/fs_context.hpp>
#include <kernel/fs/super_block.hpp>
#include <kernel/memory/box.hpp>
#include <kernel/module/module.hpp>
#include <kernel/sync/context.hpp>
#include <kernel/types/has_member.hpp>

namespace kernel
{

namespace detail
{

KCXX_HAS_MEMBER(reconfigure);

/// T::Options, or nothing
struct NoOptions {
	static Result<> parse(const MountOption & /*option*/) { return ENOPARAM; }
};

template <typename T>
struct OptionsOf {
	using Type = NoOptions;
};

template <typename T>
	requires requires { typename T::Options; }
struct OptionsOf<T> {
	using Type = typename T::Options;
};

} // namespace detail

/// A class with one object for each mount
template <typename T>
concept MountedClass =
	requires {
		{ T::name } -> std::convertible_to<const char *>;
		{ T::magic } -> std::convertible_to<unsigned long>;
	} &&
	((
		 !requires { typename T::Options; } &&
		 requires {
			 { T::mount() } -> std::same_as<Result<T>>;
		 }) ||
	 requires(typename T::Options &options, const MountOption &option) {
		 { options.parse(option) } -> std::same_as<Result<>>;
		 { T::mount(std::as_const(options)) } -> std::same_as<Result<T>>;
	 });

namespace detail
{

/// The way from mount(2) to a superblock: a context is made, gets the options, and is used.
template <MountedClass T>
class MountContext
{
	using Options = typename OptionsOf<T>::Type;

	/// The private data of a context
	struct State {
		Options options{};
		bool given = false;
	};

public:
	static int init(::fs_context *context)
	{
		auto state = Box<State>::make(GFP_KERNEL);
		if (!state)
			return state.error().to_errno();
		// The table lives as long as the module, which the context holds; the state
		// until free().
		context->ops = &table_;
		context->fs_private = kept_by_c(*std::move(state));
		return 0;
	}

private:
	/// The state that init() made
	[[nodiscard]] static State &state(const ::fs_context *context)
	{
		return *static_cast<State *>(context->fs_private);
	}

	// The kernel calls the functions below by exactly these types: kCFI compares them.

	static void free(::fs_context *context)
	{
		const auto last = owner_of<Box<State>>(&state(context));
	}

	static int parse_param(::fs_context *context, ::fs_parameter *parameter)
	{
		// The kernel handles "source" itself if the file system does not
		if (MountOption{parameter}.name() == "source")
			return ENOPARAM.to_errno();
		const Result<> parsed = state(context).options.parse(MountOption{parameter});
		if (!parsed)
			return parsed.error().to_errno();
		state(context).given = true;
		return 0;
	}

	static int fill_super(::super_block *sb, ::fs_context *context)
	{
		const Options &options = state(context).options;
		const Result<> filled = SuperBlock<T>::fill(sb, [&options] {
			if constexpr (requires { typename T::Options; })
				return T::mount(options);
			else
				return (void)options, T::mount();
		});
		return to_c(filled);
	}

	static int get_tree(::fs_context *context)
	{
		// SAFETY: the kernel calls get_tree() once for a context.
		return bindings::get_tree_nodev(context, &fill_super);
	}

	static int reconfigure(::fs_context *context)
	{
		if constexpr (Has_reconfigure<T>) {
			// The kernel reconfigures only mounted file systems.
			const T &object = SuperBlock<T>::object(context->root->d_sb);
			const Result<> done =
				object.reconfigure(std::as_const(state(context).options));
			return to_c(done);
		} else {
			return state(context).given ? EINVAL.to_errno() : 0;
		}
	}

	[[nodiscard]] static consteval ::fs_context_operations made()
	{
		::fs_context_operations table{};
		table.free = &free;
		table.parse_param = &parse_param;
		table.get_tree = &get_tree;
		table.reconfigure = &reconfigure;
		return table;
	}

	static const ::fs_context_operations table_;
};

template <MountedClass T>
constinit const ::fs_context_operations MountContext<T>::table_ = MountContext<T>::made();

/// The struct file_system_type of a class. It lies in the module's data, because the lock
/// validator accepts its keys only there, and a mount may outlive the registration.
template <MountedClass T>
class FileSystemType
{
	static_assert(!std::string_view{T::name}.empty() &&
			      std::string_view{T::name}.find('.') == std::string_view::npos,
		      "kcxx-E1364: the name of a file system is not empty and has no dot: that is "
		      "how mount(8) "
		      "writes subtypes");

	static void kill_sb(::super_block *sb) { SuperBlock<T>::kill(sb); }

	[[nodiscard]] static consteval ::file_system_type made()
	{
		::file_system_type type{};
		type.name = T::name;
		type.owner = &bindings::__this_module;
		type.init_fs_context = &MountContext<T>::init;
		type.kill_sb = &kill_sb;
		return type;
	}

	static ::file_system_type type_;

public:
	[[nodiscard]] static ::file_system_type *get() noexcept { return &type_; }
};

template <MountedClass T>
constinit ::file_system_type FileSystemType<T>::type_ = FileSystemType<T>::made();

} // namespace detail

/// A type of file systems that can be mounted as long as this object lives; each mount is an
/// object of T. Moves, does not copy. File systems that are mounted when it ends stay mounted,
/// and hold the module until they are unmounted.
///
///     auto type = KTRY(FileSystem<PumpFs>::make());
///
/// MODULE_ALIAS("fs-pumpfs") lets mount(8) load the module.
template <MountedClass T>
class [[nodiscard]] FileSystem
{
public:
	/// Registers the type. Errors: EBUSY if a type of that name exists, such as one made by
	/// an earlier make(). Context: may sleep.
	[[nodiscard]] static Result<FileSystem> make() KCXX_MAY_SLEEP
	{
		// SAFETY: the type lives as long as the module, which each mount holds; the
		// kernel refuses a second registration.
		KTRY(to_result(bindings::register_filesystem(detail::FileSystemType<T>::get())));
		return FileSystem{};
	}

	FileSystem(const FileSystem &) = delete;
	FileSystem &operator=(const FileSystem &) = delete;
	/// Leaves `other` without a type. Context: any.
	FileSystem(FileSystem &&other) noexcept
	    : registered_{std::exchange(other.registered_, false)}
	{
	}

	/// Ends the type of this object before. Context: may sleep.
	FileSystem &operator=(FileSystem &&other) noexcept
	{
		const FileSystem old{std::move(*this)};
		registered_ = std::exchange(other.registered_, false);
		return *this;
	}

	/// Waits for tasks that look for types. Context: may sleep.
	~FileSystem() KCXX_MAY_SLEEP
	{
		if (registered_)
			// SAFETY: the type was registered, and is unregistered once.
			bindings::unregister_filesystem(detail::FileSystemType<T>::get());
	}

private:
	FileSystem() noexcept = default;

	bool registered_ = true;
};

} // namespace kernel
