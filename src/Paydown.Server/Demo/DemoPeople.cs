using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.BankAccounts;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Demo;

/// <summary>
/// The people of the demo lender. Their ids, e-mails and password never change, so scripts can rely on them.
/// </summary>
public static class DemoPeople
{
    /// <summary>The password of everyone at the demo lender.</summary>
    public const string Password = "Password@1";

    private static readonly Currency Naira = Currency.Get("NGN");

    /// <summary>The lender's fee for a withdrawal: 25 naira.</summary>
    public static readonly Money WithdrawalFee = Money.FromMajor(25, Naira);

    public static OrganisationId OrganisationId { get; } = Id<OrganisationId>(1);

    /// <summary>The lender's time zone.</summary>
    internal static TimeZoneInfo TimeZone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Africa/Lagos");

    public static User Customer { get; } = Person(11, Role.Customer, "Ada", "Example", "customer@demo.example");

    public static User Other { get; } = Person(12, Role.Customer, "Bayo", "Sample", "other@demo.example");

    public static User Cashier { get; } = Person(21, Role.Cashier, "Chidi", "Cashier", "cashier@demo.example");

    public static User Cashier2 { get; } = Person(22, Role.Cashier, "Dupe", "Teller", "cashier2@demo.example");

    public static User Manager { get; } = Person(31, Role.Manager, "Efe", "Manager", "manager@demo.example");

    /// <summary>The second manager, for acts that need two.</summary>
    public static User Manager2 { get; } = Person(32, Role.Manager, "Funmi", "Director", "manager2@demo.example");

    /// <summary>The nth id of the demo lender, which sorts before every id that a server creates.</summary>
    public static TId Id<TId>(int n)
        where TId : struct, IId<TId> =>
        TId.Of(new Guid(0x01900000, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, (byte)(n >> 8), (byte)(n & 0xFF)));

    /// <summary>The business date of the lender.</summary>
    internal static DateOnly DayOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);

    /// <summary>The date of birth of a customer.</summary>
    internal static DateOnly BirthOf(User customer) => customer == Customer ? new(1990, 5, 17) : new(1984, 11, 2);

    /// <summary>The default bank account of a customer.</summary>
    internal static BankAccountId DefaultBankAccountOf(CustomerId customerId) =>
        Id<BankAccountId>(customerId == Customer.Id.AsCustomer ? 41 : 43);

    /// <summary>The bank account that the first customer uses.</summary>
    internal static (string Code, string Bank, string Number) BankOne { get; } =
        ("058", "First Sample Bank", "0123456785");

    /// <summary>Adds the lender, its people and their bank accounts.</summary>
    internal static async Task AddAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken token)
    {
        await OrganisationStore.AddAsync(connection, OrganisationOf(now), token);
        var password = PasswordHash.Create(Password);
        foreach (var user in (User[])[Customer, Other, Cashier, Cashier2, Manager, Manager2])
            await UserStore.AddAsync(connection, user, password, now, token);

        foreach (var (code, bank, _) in ((string Code, string Bank, string)[])[BankOne, BankTwo, BankThree, OwnBank])
            await BankStore.SetAsync(connection, OrganisationId, new(code, bank), token);
        await using (var batch = new NpgsqlBatch(connection))
        {
            CustomerProfileStore.AddTo(batch, ProfileOf(Customer, "8005550100", now));
            CustomerProfileStore.AddTo(batch, ProfileOf(Other, "8005550101", now));
            await batch.ExecuteNonQueryAsync(token);
        }

        await AddBankAccountAsync(
            connection,
            Customer,
            DefaultBankAccountOf(Customer.Id.AsCustomer),
            BankOne,
            isDefault: true,
            now,
            token
        );
        await AddBankAccountAsync(connection, Customer, Id<BankAccountId>(42), BankTwo, isDefault: false, now, token);
        await AddBankAccountAsync(
            connection,
            Other,
            DefaultBankAccountOf(Other.Id.AsCustomer),
            BankThree,
            isDefault: true,
            now,
            token
        );
    }

    // Above 1,000,000 naira two different people must approve.
    private static OrganisationSettings OrganisationOf(DateTimeOffset now) =>
        new()
        {
            Id = OrganisationId,
            Name = "Demo Lending",
            LegalName = "Demo Lending Limited",
            CountryIso3 = "NGA",
            Currency = Currency.Get("NGN"),
            TimeZone = TimeZone.Id,
            FourEyesAbove = Money.FromMajor(1_000_000, Naira),
            WithdrawalFee = WithdrawalFee,
            TermsAndConditions = "1. The loan is paid back by its schedule.\n2. It can be paid back early at any time.",
            TermsUpdatedAt = now,
            Contact = new("help@demo.example", "+234 800 000 0000", "Monday to Friday, 8:00 to 17:00"),
            Collection = new("1000000018", "Demo Lending Collections", "057", "Example Bank"),
            RecordedAt = now,
        };

    private static User Person(int n, Role role, string firstName, string lastName, string email) =>
        new(Id<UserId>(n), OrganisationId, role, firstName, lastName, email);

    private static CustomerProfile ProfileOf(User user, string phone, DateTimeOffset now) =>
        new()
        {
            Id = user.Id.AsCustomer,
            OrganisationId = user.OrganisationId,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Email = user.Email,
            DialingCode = "+234",
            Phone = phone,
            Dob = BirthOf(user),
            Address = new("1 Example Street", null, "Nigeria", "100001", "NGA"),
            RegisteredAt = now,
        };

    private static Task<BankAccount?> AddBankAccountAsync(
        NpgsqlConnection connection,
        User owner,
        BankAccountId id,
        (string Code, string Bank, string Number) bank,
        bool isDefault,
        DateTimeOffset now,
        CancellationToken token
    ) =>
        BankAccountStore.AddAsync(
            connection,
            new NewBankAccount(
                id,
                owner.Id.AsCustomer,
                owner.OrganisationId,
                NubanOf(bank.Code, bank.Number),
                $"{owner.FirstName} {owner.LastName}",
                bank.Bank,
                "SAVINGS",
                IsDefaultWished: isDefault,
                IsVerified: true,
                now
            ),
            token
        );

    private static Nuban NubanOf(string bankCode, string accountNumber) =>
        Nuban.TryParse(bankCode, accountNumber, out var nuban)
            ? nuban
            : throw new ArgumentException($"{accountNumber} is not an account number of bank {bankCode}.");

    private static readonly (string, string, string) BankTwo = ("011", "Second Sample Bank", "3055501010");
    private static readonly (string, string, string) BankThree = ("044", "Third Sample Bank", "0020202028");
    private static readonly (string, string, string) OwnBank = ("057", "Example Bank", "1000000018");
}
