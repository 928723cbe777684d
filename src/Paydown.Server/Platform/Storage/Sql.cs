using Npgsql;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Platform.Storage;

/// <summary>Makes the parameters of statements: the one place where an id becomes a value of the database.</summary>
public static class Sql
{
    /// <summary>A parameter; null becomes a database null.</summary>
    public static NpgsqlParameter Value(object? value) => new() { Value = Unwrap(value) };

    /// <summary>The value that Npgsql writes.</summary>
    internal static object Unwrap(object? value) =>
        value switch
        {
            null => DBNull.Value,
            IId id => id.Value,
            _ => value,
        };
}
