using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>Shows a bank account to its customer, or to an officer of the organisation.</summary>
public sealed class GetBankAccount(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Show a bank account").Returns<BankAccount>().Refuses(Refusals.NotFound("bank account"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var id = call.Path(BankAccountRoutes.AccountId);
        var account = call.Caller.IsOfficer
            ? await BankAccountStore.FindInOrganisationAsync(
                connection,
                call.Caller.OrganisationId,
                id,
                call.Cancellation
            )
            : await BankAccountStore.FindAsync(connection, call.Caller.CustomerId, id, call.Cancellation);
        return account is null ? Answer.Refused(Refusals.NotFound("bank account")) : Answer.Success(account);
    }
}
