using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Customers;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.BankAccounts;

/// <summary>Lists a customer's bank accounts, the default one first.</summary>
public sealed class ListBankAccounts(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List a customer's bank accounts")
            .Returns<IReadOnlyList<BankAccount>>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var customerId = call.Path(BankAccountRoutes.CustomerId);
        if (Ownership.Check(call, customerId) is { } refusal)
            return Answer.Refused(refusal);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var customer = await CustomerStore.FindAsync(
            connection,
            call.Caller.OrganisationId,
            customerId,
            call.Cancellation
        );
        return customer is null
            ? Answer.Refused(Refusals.NotFound("customer"))
            : Answer.Success(await BankAccountStore.ListAsync(connection, customerId, call.Cancellation));
    }
}
