using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Demo;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Products;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Products;

public sealed class ProductStoreTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<LoanProduct> Products => [DemoProducts.Salary, DemoProducts.Business, Everything];

    // A product with every part, to show that none is lost on the way to the database and back.
    private static LoanProduct Everything =>
        DemoProducts.Business with
        {
            Schedule = new()
            {
                ScheduleType = ScheduleType.Progressive,
                DownPayment = new(12.5m, Automatic: true),
                Recalculation = new(
                    PreClosure.TillRestFrequencyDate,
                    Reschedule.ReduceEmiAmount,
                    RestFrequency.Weekly,
                    2
                ),
                InstallmentMultipleOf = 10,
            },
            OverduePenalty = new(1.25m, OverduePenaltyBase.PrincipalAndInterestOverdue, 3),
            Allocation = new()
            {
                Strategy = AllocationStrategy.Advanced,
                Buckets = [new(DueType.PastDue, Component.Penalty), new(DueType.InAdvance, Component.Principal)],
                BucketsBySource = new Dictionary<PaymentSource, IReadOnlyList<Bucket>>
                {
                    [PaymentSource.PayoutRefund] = [new(DueType.Due, Component.Principal)],
                },
                Processing = Processing.Vertical,
                FutureRules = new Dictionary<PaymentSource, FutureRule>
                {
                    [PaymentSource.GoodwillCredit] = FutureRule.LastInstallment,
                },
            },
            Eligibility = new()
            {
                AgeMin = 21,
                EmploymentStatuses = ["EMPLOYED"],
                MonthlyIncomeMin = Kobo(1),
            },
        };

    [Theory]
    [MemberData(nameof(Products))]
    public async Task A_product_is_read_as_it_was_stored(LoanProduct product)
    {
        var stored = product with { Id = server.Ids.Next<ProductId>() };
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        ProductStore.AddFirstTo(batch, new StoredProduct(server.Lender.Id, stored, true, default, server.Now));
        await batch.ExecuteNonQueryAsync();

        var current = await ProductStore.FindCurrentAsync(connection, server.Lender.Id, stored.Id, default);

        StoredJson.Write(current!.Product).ShouldBe(StoredJson.Write(stored));
        current.IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void The_products_of_the_demo_and_of_the_tests_can_be_offered()
    {
        foreach (
            var product in (LoanProduct[])
                [DemoProducts.Salary, DemoProducts.Business, DemoProducts.Device, TestProducts.Salary]
        )
            ProductRules.Check(product, Currency.Get("NGN")).ShouldBeEmpty(product.Name);
    }

    [Fact]
    public async Task A_version_never_changes_when_the_next_one_is_added()
    {
        var first = await server.Lender.AddProductAsync();
        var second = first with { Version = 2, Name = "Salary Loan Plus" };
        await using var connection = await server.Database.OpenConnectionAsync();
        await using var batch = new NpgsqlBatch(connection);
        ProductStore.AddNextTo(batch, new StoredProduct(server.Lender.Id, second, false, default, server.Now));
        await batch.ExecuteNonQueryAsync();

        var current = await ProductStore.FindCurrentAsync(connection, server.Lender.Id, first.Id, default);
        var earlier = await ProductStore.FindVersionAsync(connection, server.Lender.Id, first.Id, 1, default);
        var versions = await ProductStore.ListVersionsAsync(connection, server.Lender.Id, first.Id, default);
        var open = await ProductStore.ListOpenAsync(connection, server.Lender.Id, default);

        current!.Product.Name.ShouldBe("Salary Loan Plus");
        current.IsOpen.ShouldBeFalse();
        earlier!.Name.ShouldBe("Salary Loan");
        versions.Select(version => version.Product.Version).ShouldBe([2, 1]);
        open.ShouldNotContain(file => file.Product.Id == first.Id);
    }

    [Fact]
    public async Task A_product_of_another_lender_is_not_found()
    {
        var product = await server.Lender.AddProductAsync();
        await using var connection = await server.Database.OpenConnectionAsync();
        var other = server.OtherLender.Id;

        (await ProductStore.FindCurrentAsync(connection, other, product.Id, default)).ShouldBeNull();
        (await ProductStore.FindVersionAsync(connection, other, product.Id, 1, default)).ShouldBeNull();
        (await ProductStore.ListVersionsAsync(connection, other, product.Id, default)).ShouldBeEmpty();
        (await ProductStore.ListOpenAsync(connection, other, default)).ShouldBeEmpty();
    }
}
