using System.Collections;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Makes the parameters of statements: the one place where an id or an amount becomes a value of the database. Npgsql
/// itself accepts an id of any type as a parameter and fails when it writes it.
/// </summary>
public static class Sql
{
    /// <summary>A parameter; null becomes a database null.</summary>
    public static NpgsqlParameter Value(object? value) => new() { Value = Unwrap(value) };

    /// <summary>A parameter of this type, for a statement that does not show the type of a null.</summary>
    public static NpgsqlParameter Value(object? value, NpgsqlDbType type) =>
        new() { Value = Unwrap(value), NpgsqlDbType = type };

    /// <summary>A parameter that is an amount, in minor units.</summary>
    public static NpgsqlParameter Value(Money amount) => new NpgsqlParameter<long> { TypedValue = amount.MinorUnits };

    /// <summary>A parameter that is an id.</summary>
    public static NpgsqlParameter Value<TId>(TId id)
        where TId : struct, IId<TId> => new NpgsqlParameter<Guid> { TypedValue = id.Value };

    /// <summary>A parameter that is an array of ids; null becomes a database null.</summary>
    public static NpgsqlParameter Value<TId>(IReadOnlyCollection<TId>? ids)
        where TId : struct, IId<TId>
    {
        if (ids is null)
            return Value(null, NpgsqlDbType.Array | NpgsqlDbType.Uuid);
        var values = new Guid[ids.Count];
        var count = 0;
        foreach (var id in ids)
            values[count++] = id.Value;
        return new NpgsqlParameter<Guid[]> { TypedValue = values };
    }

    private static object Unwrap(object? value) =>
        value switch
        {
            null => DBNull.Value,
            IId id => id.Value,
            Money amount => amount.MinorUnits,
            IEnumerable ids when AreIds(ids.GetType()) => ids.Cast<IId>().Select(id => id.Value).ToArray(),
            _ => value,
        };

    private static bool AreIds(Type type) =>
        (type.GetElementType() ?? type.GenericTypeArguments.FirstOrDefault())?.IsAssignableTo(typeof(IId)) is true;
}
