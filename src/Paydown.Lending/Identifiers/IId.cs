namespace Paydown.Lending.Identifiers;

/// <summary>
/// The id of one kind of record. Each kind has its own type, so an id of another kind does not compile in its place.
/// </summary>
public interface IId
{
    /// <summary>The id as the wire and the database have it.</summary>
    Guid Value { get; }
}

/// <summary>An id that can be created from its value when a request or row is read.</summary>
/// <typeparam name="TSelf">The type of the id itself.</typeparam>
public interface IId<out TSelf> : IId
    where TSelf : struct, IId<TSelf>
{
    static abstract TSelf Of(Guid value);
}
