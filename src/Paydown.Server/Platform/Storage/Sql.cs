using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Storage;

/// <summary>
/// Makes the parameters of statements: the one place where an id or an amount becomes a value of the database.
/// </summary>
public static class Sql
{
    /// <summary>A parameter; null becomes a database null.</summary>
    public static NpgsqlParameter Value(object? value) => new() { Value = Unwrap(value) };

    /// <summary>An amount, in minor units.</summary>
    public static NpgsqlParameter Value(Money amount) => new NpgsqlParameter<long> { TypedValue = amount.MinorUnits };

    /// <summary>The value that Npgsql writes.</summary>
    internal static object Unwrap(object? value) =>
        value switch
        {
            null => DBNull.Value,
            IId id => id.Value,
            Money amount => amount.MinorUnits,
            _ => value,
        };
}
