using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Http;

/// <summary>
/// An id in the path of a route. The route table writes it into the path, <c>$"user/wallet/{CustomerId}"</c>, and the
/// use case reads it by the same declaration, so neither can misspell it.
/// </summary>
public sealed class PathId<TId>
    where TId : struct, IId<TId>
{
    /// <param name="name">Its name in the path. The pipeline checks the form of every part that ends with id.</param>
    public PathId(string name) =>
        Name = name.EndsWith("id", StringComparison.OrdinalIgnoreCase)
            ? name
            : throw new ArgumentException("The name of an id ends with id.", nameof(name));

    /// <summary>Its name in the path, for example <c>user-id</c>.</summary>
    public string Name { get; }

    /// <summary>The id as a path has it: <c>{user-id}</c>.</summary>
    public override string ToString() => $"{{{Name}}}";
}

/// <summary>A text in the path of a route, written and read as <see cref="PathId{TId}"/> is.</summary>
/// <param name="Name">Its name in the path, for example <c>bankCode</c>.</param>
public sealed record PathText(string Name)
{
    /// <summary>The text as a path has it: <c>{bankCode}</c>.</summary>
    public override string ToString() => $"{{{Name}}}";
}
