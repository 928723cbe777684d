using Npgsql;
using Paydown.Lending;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>Shows a customer one of their bank accounts.</summary>
public sealed class ViewBankAccount(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var account = await BankAccountStore.FindAsync(
            connection, call.Caller.UserId, call.PathId("account-id"), call.Cancellation);
        return account is null ? Answer.Refused(Refusals.NotFound("bank account")) : Answer.Success(account);
    }
}
