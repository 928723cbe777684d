using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Identifiers;
using Paydown.Server.Applications;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.EndOfDay;

/// <summary>Records that offers have expired which nobody answered. They are shown as expired before that.</summary>
internal static class OfferExpiry
{
    private const int CountMax = 200;

    /// <summary>Records all expired offers of an organisation, each in its own transaction.</summary>
    /// <returns>The number of offers.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var count = 0;
        while (true)
        {
            var expired = await ListAsync(database, organisationId, context.At, cancellation);
            foreach (var (customerId, id) in expired)
                count += await ExpireAsync(database, customerId, id, context, cancellation) ? 1 : 0;
            if (expired.Count < CountMax)
                return count;
        }
    }

    private static async Task<IReadOnlyList<(CustomerId CustomerId, LoanApplicationId Id)>> ListAsync(
        NpgsqlDataSource database,
        OrganisationId organisationId,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await ApplicationStore.ListExpiredAsync(connection, organisationId, now, CountMax, cancellation);
    }

    private static async Task<bool> ExpireAsync(
        NpgsqlDataSource database,
        CustomerId customerId,
        LoanApplicationId id,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        var stored = await ApplicationStore.FindAsync(connection, customerId, id, forUpdate: true, cancellation);
        // The customer may have answered since.
        if (
            stored is not { Status: ApplicationStatus.OfferSent }
            || stored.StatusAt(context.At) != ApplicationStatus.Expired
        )
            return false;
        await ApplicationChangeStore.WriteAsync(connection, ApplicationSteps.Expire(stored, context), cancellation);
        await transaction.CommitAsync();
        return true;
    }
}
