import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0005_delegation_limited_to_kinds'),
        ('approvals', '0004_requests_to_a_named_person'),
        ('contenttypes', '0002_remove_content_type_name'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ApprovalChain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, max_length=80)),
                ('is_endorsed', models.BooleanField(default=True)),
            ],
            options={
                'ordering': ['agency', 'kind'],
            },
        ),
        migrations.RemoveConstraint(
            model_name='approvalrequest',
            name='decision_has_person_and_time',
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorsed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorsed_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorsed_for',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorsed_position',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorsement_note',
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='endorser',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='stage',
            field=models.CharField(choices=[('endorse', 'Waiting for endorsement'), ('decide', 'Waiting for the decision')], default='decide', max_length=10),
        ),
        migrations.AddField(
            model_name='approvalrequest',
            name='waiver',
            field=models.CharField(blank=True, choices=[('nobody', 'The office has nobody who endorses'), ('own', 'Submitted by who endorses')], max_length=10),
        ),
        migrations.AddField(
            model_name='paperfreeze',
            name='endorsement',
            field=models.CharField(blank=True, max_length=1000),
        ),
        migrations.AddField(
            model_name='transitionlog',
            name='acting_kind',
            field=models.CharField(blank=True, choices=[('acting_for', 'Acting for (vacant or absent head)'), ('by_delegation', 'By delegation of')], max_length=20),
        ),
        migrations.AddField(
            model_name='transitionlog',
            name='position',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AlterField(
            model_name='approvalrequest',
            name='status',
            field=models.CharField(choices=[('pending', 'Waiting for a decision'), ('approved', 'Approved'), ('returned', 'Returned for correction'), ('cancelled', 'Withdrawn'), ('void', 'Void: the content changed')], default='pending', max_length=10),
        ),
        migrations.AlterField(
            model_name='paperfreeze',
            name='signer_position',
            field=models.CharField(blank=True, max_length=600),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(('status__in', ['pending', 'cancelled', 'void']), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='decision_has_person_and_time'),
        ),
        migrations.AddConstraint(
            model_name='approvalrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('endorsed_at', None), ('endorsed_by', None)), models.Q(('endorsed_at__isnull', False), ('endorsed_by__isnull', False)), _connector='OR'), name='endorsement_has_person_and_time'),
        ),
        migrations.AddField(
            model_name='approvalchain',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approval_chains', to='agencies.agency'),
        ),
        migrations.AddField(
            model_name='approvalchain',
            name='endorser',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='approvalchain',
            constraint=models.UniqueConstraint(fields=('agency', 'kind'), name='one_chain_per_kind'),
        ),
    ]
