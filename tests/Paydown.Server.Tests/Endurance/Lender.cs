using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Terms;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Endurance;

/// <summary>A lender with borrowers whose loans are so large that no test repays them.</summary>
internal sealed class Lender
{
    private readonly TestServer server;

    private Lender(TestServer server, IReadOnlyList<Borrower> borrowers) =>
        (this.server, Borrowers) = (server, borrowers);

    public IReadOnlyList<Borrower> Borrowers { get; }

    /// <summary>The cashier, who calls the server.</summary>
    public TestUser Officer => server.Lender.Cashier;

    public Caller Cashier => server.Lender.Cashier.Caller;

    /// <summary>Adds a lender to a running server.</summary>
    public static async Task<Lender> AddAsync(Uri address, string connectionString, int borrowerCount)
    {
        await using var attached = await TestServer.AttachAsync(address, connectionString);
        var lender = attached.Lender;
        var terms = lender.Terms with { Principal = Kobo(100_000_000_000), SubmittedOn = lender.Today };
        var product = await lender.AddProductAsync(TestProducts.Of(terms));
        var borrowers = await Task.WhenAll(Enumerable.Range(0, borrowerCount).Select(_ => BorrowAsync()));
        return new Lender(attached, borrowers);

        async Task<Borrower> BorrowAsync()
        {
            var customer = await lender.AddCustomerAsync();
            var loan = await lender.DisburseAsync(
                customer,
                product,
                terms.Principal.MinorUnits,
                terms.NumberOfInstallments
            );
            return new Borrower(customer, loan, await lender.BankAccountOfAsync(customer));
        }
    }

    /// <summary>Returns a new access token.</summary>
    public string TokenOf(Caller caller) => server.TokenOf(caller);
}
