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

    public ValueTask<Answer> HandleAsync(Call call) =>
        CustomerReading.AnswerAsync(
            database,
            call,
            call.Path(BankAccountRoutes.CustomerId),
            async (connection, customer) =>
                Answer.Success(await BankAccountStore.ListAsync(connection, customer.Id, call.Cancellation))
        );
}
